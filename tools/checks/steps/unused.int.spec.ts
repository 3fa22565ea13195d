import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Copy } from '../../features/copy.ts';
import { CommandFailed } from '../../run-node.ts';

describe('the step "unused"', () => {
  let copy: Copy;
  let said: string;

  beforeAll(() => {
    copy = new Copy();
    appendFileSync(join(copy.root, 'libs/platform/kernel/values/money.ts'), '\nexport const nobodyImports = 1;\n');
    writeFileSync(join(copy.root, 'libs/platform/kernel/forgotten.ts'), 'export {};\n');
    change('package.json', '"dependencies": {', '"dependencies": {\n    "left-over": "1.0.0",');
    change('package.json', 'tools/features/without.ts', '--version');
    said = failureOf(['tools/checks/test.ts', '--only=unused']);
  });
  afterAll(() => copy.remove());

  it.each([
    ['an export that nobody imports', /nobodyImports .*kernel\/values\/money\.ts/],
    ['a file that nobody imports', /kernel\/forgotten\.ts/],
    ['a package that nobody imports', /left-over .*package\.json/],
    ['a program that no script names any more', /tools\/features\/without\.ts/],
  ])('finds %s', (_, line) => {
    expect(said).toMatch(line);
  });

  function change(file: string, from: string, to: string): void {
    const path = join(copy.root, file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  }

  function failureOf(command: readonly string[]): string {
    try {
      return copy.run(command);
    } catch (error) {
      if (error instanceof CommandFailed) return error.output;
      throw error;
    }
  }
});
