import { addressOf, createDatabase, createSchema } from '../engine/connection.ts';
import { offlineFactory } from '../engine/offline-factory.ts';
import { postgresFactory } from '../engine/postgres-factory.ts';
import { createEngine, type WasmEngine } from '../engine/wasm-engine.ts';
import type { EngineOptions } from './engine-arguments.ts';
import type { Methods } from './json-rpc.ts';

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
      if (method === 'createDatabase') return create(datasource.url);
      if (method === 'getDatabaseDescription') return '';
      if (method === 'getDatabaseVersion') return call(await online(), 'version', null);
      if (method === 'applyMigrations') await createSchema(addressOf(datasource.url));
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

async function create(url: string): Promise<{ databaseName: string }> {
  const address = addressOf(url);
  await createDatabase(address);
  return { databaseName: address.database };
}

const needsNoDatabase = ({ from, to }: DiffParams): boolean =>
  [from, to].every(({ tag }) => tag === 'empty' || tag === 'schemaDatamodel');

async function call(engine: WasmEngine, method: string, params: unknown): Promise<unknown> {
  if (typeof engine[method] !== 'function') throw new Error(`Method not found: ${method}`);
  return (await engine[method](params)) ?? null;
}
