import { dropOwnObjects, requireExpendable } from '../database-commands/drop-own-objects.ts';
import { inventoryOf } from '../database-commands/inventory.ts';
import { postgresFactory } from './adapter-factory.ts';
import { createDatabase, createSchema } from './database-command.ts';
import type { EngineOptions } from './engine-arguments.ts';
import type { Methods } from './json-rpc.ts';
import { offlineFactory } from './offline-factory.ts';
import { createEngine, type WasmEngine } from './wasm-engine.ts';

type DiffParams = Readonly<{ from: { tag: string }; to: { tag: string } }>;
type DiffResult = Readonly<{ exitCode: number; stdout?: string }>;

/** What Prisma's command line asks for by name; whatever is not listed goes to the WebAssembly engine as it is. */
export function engineMethods({ datamodels, datasource }: EngineOptions): Methods {
  let explanation: string | undefined;
  let engine: Promise<WasmEngine> | undefined;
  const online = (): Promise<WasmEngine> =>
    (engine ??= createEngine(
      datamodels,
      postgresFactory(datasource, (text) => (explanation = text)),
    ));
  const diff = async (params: DiffParams): Promise<DiffResult> => {
    const chosen = needsNoDatabase(params) ? createEngine(datamodels, offlineFactory()) : online();
    return call(await chosen, 'diff', params) as Promise<DiffResult>;
  };

  return {
    async call(method, params, print) {
      if (method === 'createDatabase') return { databaseName: await createDatabase(datasource.url) };
      if (method === 'getDatabaseDescription') return '';
      if (method === 'getDatabaseVersion') return call(await online(), 'version', null);
      // With whichever options: both delete without looking whose it is.
      if (method === 'reset') return dropOwnObjects(datasource.url, process.env.NODE_ENV).then(() => null);
      if (method === 'schemaPush')
        requireExpendable(datasource.url, await inventoryOf(datasource.url), process.env.NODE_ENV);
      if (method === 'applyMigrations') await createSchema(datasource.url);
      if (method !== 'diff') return call(await online(), method, params);

      const { stdout, ...result } = await diff(params as DiffParams);
      if (stdout) print(stdout.replace(/\n$/, ''));
      return result;
    },
    explainFailure() {
      const text = explanation;
      explanation = undefined;
      return text;
    },
  };
}

const needsNoDatabase = ({ from, to }: DiffParams): boolean =>
  [from, to].every(({ tag }) => tag === 'empty' || tag === 'schemaDatamodel');

async function call(engine: WasmEngine, method: string, params: unknown): Promise<unknown> {
  if (typeof engine[method] !== 'function') throw new Error(`Method not found: ${method}`);
  return (await engine[method](params)) ?? null;
}
