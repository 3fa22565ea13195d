import { spawnSync } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../servers/local-directory.ts';

/** npm as somebody calls it who has no network. */
const npm = (...args: string[]) =>
  spawnSync('npm', [...args, '--offline', '--loglevel=warn'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 100_000_000 });

/** In a copy that shares the packages of another checkout, npm takes all of them for superfluous. */
const isShared = lstatSync(join(ROOT, 'node_modules')).isSymbolicLink();

(isShared ? describe.skip : describe)('what npm ci installs', () => {
  it('has every package and peer that a package asks for, in a version that it allows', () => {
    const { status, stderr } = npm('ls', '--all');

    expect([status, stderr]).toEqual([0, '']);
  });

  it('can be told to people who ask what is in it', () => {
    const { status, stdout, stderr } = npm('sbom', '--sbom-format=cyclonedx', '--omit=dev');

    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('"purl": "pkg:npm/fastify@');
  });
});
