import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';

type Glue = typeof import('@prisma/schema-engine-wasm/schema_engine_bg') & {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
};
export type WasmEngine = Readonly<Record<string, (params: unknown) => Promise<unknown>>>;

export async function createEngine(
  datamodels: readonly string[],
  factory: SqlMigrationAwareDriverAdapterFactory,
): Promise<WasmEngine> {
  const glue = await load();
  const sources = await Promise.all(
    datamodels.map(async (file) => [file, await readFile(file, 'utf8')] as [string, string]),
  );
  const log = (line: string): void => {
    if (process.env.DEBUG_SCHEMA_ENGINE) process.stderr.write(`${line}\n`);
  };
  const options = { datamodels: sources.length > 0 ? sources : undefined };
  return (await glue.SchemaEngine.new(
    options,
    log,
    bindMigrationAwareSqlAdapterFactory(factory),
  )) as unknown as WasmEngine;
}

const ENTRY = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');

/** As its package says, which is as Prisma names the engine it wants. */
export async function engineVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(ENTRY, '../package.json'), 'utf8')) as { version: string };
  return version;
}

/** The package's own entry imports its .wasm file as a module, which Node does only behind a flag. */
async function load(): Promise<Glue> {
  const glue = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as Glue;
  const bytes = await readFile(join(ENTRY, '../schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports,
  });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return glue;
}
