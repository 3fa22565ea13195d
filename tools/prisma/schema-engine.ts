/**
 * Prisma's schema engine without a download: the same arguments and the same JSON-RPC over standard input and output
 * as the native program, over the WebAssembly build of it that npm installs.
 */
import { runDatabaseCommand } from './database-command.ts';
import { parseArguments } from './engine-arguments.ts';
import { engineMethods } from './engine-methods.ts';
import { serveJsonRpc } from './json-rpc.ts';
import { engineVersion } from './wasm-engine.ts';

const options = parseArguments(process.argv.slice(2));

if (options.version) {
  console.log(`schema-engine-wasm ${await engineVersion()}`);
} else if (options.databaseCommand) {
  process.exitCode = await runDatabaseCommand(options.databaseCommand, options.datasource.url);
} else {
  serveJsonRpc(engineMethods(options));
}
