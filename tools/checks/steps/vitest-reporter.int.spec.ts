import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runNode } from '../../run-node.ts';
import { ROOT } from '../../servers/local-directory.ts';
import { REPORT_FILE, type Report, type TestFile } from './vitest-reporter.ts';

const SPEC = `
import { beforeAll, describe, expect, it } from 'vitest';
it('a sum is right', () => expect(1 + 1).toBe(2));
it('a difference is right', () => expect({ difference: 2 - 1 }).toEqual({ difference: 2 }));
it.skip('a product is right', () => {});
describe('a server', () => {
  beforeAll(async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    throw new Error('It does not start.');
  });
  it('answers', () => {});
});
`;

let folder: string;
let file: TestFile;
let broken: TestFile;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitest-reporter-'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'one.spec.ts'), SPEC);
  writeFileSync(join(folder, 'two.spec.ts'), "import './nothing.ts';");
  const report = join(folder, 'report.json');
  const reporter = fileURLToPath(new URL('./vitest-reporter.ts', import.meta.url));

  await runNode(['node_modules/vitest/vitest.mjs', 'run', `--root=${folder}`, `--reporter=${reporter}`], {
    env: { PATH: process.env.PATH, [REPORT_FILE]: report },
  });

  const { files } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  [file, broken] = files.toSorted((one, other) => one.path.localeCompare(other.path)) as [TestFile, TestFile];
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('what is told of a spec file', () => {
  it('counts its tests', () => {
    expect(file).toMatchObject({ path: expect.stringMatching(/one\.spec\.ts$/), passed: 1, failed: 1, skipped: 2 });
  });

  it('names each test that failed, with what was expected beside what came', () => {
    const failure = file.failures.find(({ title }) => title === 'a difference is right');

    expect(failure?.reasons.join()).toMatch(/AssertionError: .*one\.spec\.ts.*"difference": 2,.*"difference": 1,/s);
  });

  it('names the block whose hook failed', () => {
    expect(file.failures).toContainEqual({
      title: 'a server',
      reasons: [expect.stringMatching(/^Error: It does not start\./)],
    });
  });

  it('says how long it took, hooks included', () => {
    expect(file.milliseconds).toBeGreaterThan(290);
  });

  it('says why it could not be loaded', () => {
    expect(broken.failures).toEqual([{ title: '', reasons: [expect.stringContaining('nothing.ts')] }]);
  });
});
