/**
 * Prisma's schema engine without a download: the same arguments and the same JSON-RPC over standard input and output
 * as the native program, over the WebAssembly build of it that npm installs.
 */
import { engineVersion } from './engine/wasm-engine.ts';
import { runDatabaseCommand } from './protocol/database-command.ts';
import { parseArguments } from './protocol/engine-arguments.ts';
import { engineMethods } from './protocol/engine-methods.ts';
import { serveJsonRpc } from './protocol/json-rpc.ts';

const options = parseArguments(process.argv.slice(2));

if (options.version) {
  console.log(`schema-engine-wasm ${await engineVersion()}`);
} else if (options.databaseCommand) {
  process.exitCode = await runDatabaseCommand(options.databaseCommand, options.datasource.url);
} else {
  serveJsonRpc(engineMethods(options));
}
