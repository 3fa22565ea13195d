import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../servers/local-directory.ts';
import { bundle } from './bundle.ts';

/** What the image holds, where nothing else is. */
const place = mkdtempSync(join(tmpdir(), 'bundle-'));

beforeAll(() => {
  execFileSync(process.execPath, ['tools/bundle/write.ts'], { cwd: ROOT });
  for (const name of ['package.json', 'dist', 'prisma/migrations'])
    cpSync(join(ROOT, name), join(place, name), { recursive: true, filter: (file) => !file.includes('dist/test') });
});
afterAll(() => rmSync(place, { recursive: true }));

describe('what npm run build leaves in dist/', () => {
  const run = (program: string, ...args: string[]) =>
    execFileSync(process.execPath, [`dist/bundle/${program}.js`, ...args], { cwd: place, encoding: 'utf8', env: {} });

  it('runs without node_modules', () => {
    expect(run('setup')).toMatch(/^AUTH_SIGNING_KEYS=\{"keys":\[\{/m);
    expect(run('admin', '--help')).toContain('--email');
  });

  it('finds the files beside our modules where they were compiled to', () => {
    const ofApp = readdirSync(join(place, 'dist/bundle')).filter((file) => /^app-.*\.js$/.test(file));

    expect(ofApp).toHaveLength(1);
    expect(run(ofApp[0]?.slice(0, -3) ?? '')).toBe('');
  });

  it('takes along what is no code: the library that hashes passwords, and the files of pages', () => {
    expect(readdirSync(join(place, 'dist/node_modules/@node-rs'))).toContainEqual(expect.stringMatching(/^argon2-/));
    expect(readdirSync(join(place, 'dist/node_modules'))).toContain('swagger-ui-dist');
  });

  it('passes on the licence of every package whose code it holds', () => {
    const licences = readFileSync(join(place, 'dist/bundle/LICENSES.txt'), 'utf8');

    expect(licences).toMatch(/^fastify \d+\.\d+\.\d+: MIT\n\nMIT License/m);
    expect(licences).not.toMatch(/^swagger-ui-dist/m);
  });
});

describe('a bundle', () => {
  const source = join(ROOT, 'dist/test/bundled-program.js');
  afterAll(() => rmSync(source, { force: true }));
  const write = (code: string) => {
    writeFileSync(source, code);
    writeFileSync(`${source}.map`, '{"version":3,"sources":["bundled-program.ts"],"names":[],"mappings":"AAAA"}');
  };

  it('is refused when our code imports what is not there', async () => {
    write("import 'no-such-package';");

    await expect(bundle({ program: source }, 'dist/test/refused')).rejects.toThrow(/no-such-package/);
  });

  it('tells the TypeScript of our code in a stack, and knows the place it was compiled to', async () => {
    write(
      "if (!import.meta.url.endsWith('/dist/test/bundled-program.js')) throw new Error('elsewhere'); throw new Error('as meant');",
    );
    await bundle({ program: source }, 'dist/test/traced');

    const run = () =>
      execFileSync(process.execPath, ['--enable-source-maps', 'dist/test/traced/program.js'], {
        cwd: ROOT,
        stdio: 'pipe',
      });

    expect(run).toThrow(/as meant\n[^]*bundled-program\.ts:1/);
  });
});
