import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engineProgram, PROGRAM } from './engine-program.ts';

const PACKAGE = dirname(dirname(PROGRAM));
const MODULES = dirname(dirname(createRequire(import.meta.url).resolve('prisma/package.json')));
const COMMITTED = readFileSync(PROGRAM, 'utf8');

/** The package in a folder of this name, with the script as somebody left it. */
function setup(name: string, content: string, mode: number) {
  const directory = mkdtempSync(join(tmpdir(), 'engine-'));
  const root = join(directory, name);
  mkdirSync(root);
  symlinkSync(MODULES, join(root, 'node_modules'));
  for (const part of ['bin', 'src', 'package.json']) cpSync(join(PACKAGE, part), join(root, part), { recursive: true });
  const script = join(root, 'bin/schema-engine');
  writeFileSync(script, content);
  execFileSync('chmod', [mode.toString(8), script]);
  return { script, remove: () => rmSync(directory, { recursive: true }) };
}

describe('the script that Prisma starts as its engine', () => {
  it.each([
    ['with CRLF', 'plain', COMMITTED.replaceAll('\n', '\r\n'), 0o755],
    ['without its executable bit', 'plain', COMMITTED, 0o644],
    ['in a folder that the PATH cannot name', 'co:lon [a] "b" $HOME', COMMITTED, 0o755],
  ])('runs %s', (_what, name, content, mode) => {
    const { script, remove } = setup(name, content, mode);

    const { stdout, stderr } = spawnSync(engineProgram(script), ['--version'], {
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', SCHEMA_ENGINE_NODE: process.execPath },
    });
    const mended = readFileSync(script, 'utf8');
    remove();

    expect([stdout, stderr]).toEqual([expect.stringMatching(/^schema-engine-wasm 7\./), '']);
    expect(mended).toBe(COMMITTED);
  });
});
