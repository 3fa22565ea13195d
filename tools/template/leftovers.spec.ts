import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answersOf } from './answers.ts';
import { leftoversIn } from './leftovers.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'leftovers-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function leftovers(path: string, text: string) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  return leftoversIn(root, answersOf({ name: 'sales-kit', title: 'Sales Kit' }));
}

describe('the name of the template', () => {
  it.each([
    ['README.md', 'The Backend Core Kit.'],
    ['.env.example', 'OTEL_SERVICE_NAME=backend-core-kit'],
    ['.github/workflows/ci.yml', 'docker run kit'],
    ['deploy/kubernetes/base/api.yaml', 'name: kit-api'],
    ['docs/guide.md', 'what this kit does'],
    ['libs/a/b.ts', "'backendCoreKit'"],
    ['package.json', '"BACKEND_CORE_KIT"'],
  ])('is found in %s: %s', (path, text) => {
    expect(leftovers(path, `one\n${text}\n`)).toEqual([`${path}:2: ${text}`]);
  });

  it.each([
    ['package-lock.json', 'node_modules/@eslint/plugin-kit'],
    ['README.md', 'Sales Kit, in the image sales-kit'],
    ['docs/decisions/052.md', 'generators of other kits; kitchen'],
    ['template.json', 'backend-core-kit'],
    ['tools/template/names.ts', 'kit'],
  ])('is not what stands in %s: %s', (path, text) => {
    expect(leftovers(path, text)).toEqual([]);
  });
});
