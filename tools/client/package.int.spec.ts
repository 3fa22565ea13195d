import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../servers/local-directory.ts';

const FRONT_END = `
import { createClient, memoryTokens, paginate, type Schemas, type TokenStore } from 'api-client';

const tokens: TokenStore = memoryTokens();
const answered: Schemas['Me'] = {
  id: 'u1',
  email: 'ada@example.test',
  name: 'Ada',
  locale: null,
  createdAt: '2026-11-28T12:00:00Z',
};
const api = createClient({ baseUrl: 'https://api.example.test', tokens, fetch: async () => Response.json({ data: answered }) });

const { data, error } = await api.GET('/v1/me');
if (error) throw new Error(error.code);
const name: string | null = data.data.name;
console.log(name, typeof paginate);
`;
const COMPILER = {
  compilerOptions: {
    strict: true,
    target: 'ES2022',
    lib: ['ES2022', 'DOM', 'DOM.Iterable'],
    types: [],
    module: 'ESNext',
    moduleResolution: 'bundler',
    outDir: 'out',
  },
  include: ['*.ts'],
};
/** They are the same as from a registry, which a test does not ask. */
const ITS_PACKAGES = ['openapi-fetch', 'openapi-typescript-helpers'].map((name) => join(ROOT, 'node_modules', name));

let project: string;
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'front-end-'));
});
afterAll(() => rmSync(project, { recursive: true }));

function run(command: string, args: readonly string[], cwd = project): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`);
  return stdout;
}
const write = (file: string, content: string | object): void =>
  writeFileSync(join(project, file), typeof content === 'string' ? content : JSON.stringify(content));

describe('npm pack ./libs/client', () => {
  it('makes a package that a front end installs, type-checks against and runs', () => {
    const packed = JSON.parse(run('npm', ['pack', './libs/client', '--json', `--pack-destination=${project}`], ROOT));
    const [{ filename, files }] = packed as [{ filename: string; files: { path: string }[] }];
    write('package.json', { name: 'front-end', private: true, type: 'module' });
    write('front-end.ts', FRONT_END);
    write('tsconfig.json', COMPILER);

    run('npm', ['install', '--offline', '--install-links', '--no-audit', `./${filename}`, ...ITS_PACKAGES]);
    run(process.execPath, [join(ROOT, 'node_modules/typescript-7/bin/tsc'), '-p', '.']);

    expect(run(process.execPath, ['out/front-end.js'])).toBe('Ada function\n');
    expect(files.map(({ path }) => path).filter((path) => !/^dist\/.*\.(js|d\.ts)$/.test(path))).toEqual([
      'README.md',
      'package.json',
    ]);
    expect(files.filter(({ path }) => /spec|testing/.test(path))).toEqual([]);
  });
});
