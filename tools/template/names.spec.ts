import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answersOf } from './answers.ts';
import { writeNames } from './names.ts';
import { isTemplate } from './template-itself.ts';

const TOUCHED = [
  '.github',
  'deploy',
  'docker-compose.yml',
  'apps/setup',
  'libs/platform',
  'package.json',
  'package-lock.json',
];

const answers = answersOf({
  name: 'acme-billing',
  title: 'ACME Billing',
  description: 'Sends "bills".',
  license: 'Apache-2.0',
  repository: 'https://github.com/acme/billing',
  prefix: 'acme',
});

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'names-'));
  for (const part of TOUCHED) cpSync(part, join(root, part), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const all = () => globSync('**/*.{ts,json,yml,yaml,md}', { cwd: root }).map((path) => [path, read(path)]);

describe('the names of a project', () => {
  it('stand in package.json and the lock file, with a version of its own', () => {
    writeFileSync(join(root, 'package.json'), read('package.json').replace(/"version": ".*"/, '"version": "7.8.9"'));
    writeNames(root, answers);

    const begins = { name: 'acme-billing', version: '0.1.0', license: 'Apache-2.0' };
    expect(JSON.parse(read('package.json'))).toMatchObject({
      ...begins,
      description: 'Sends "bills".',
      repository: { type: 'git', url: 'git+https://github.com/acme/billing.git' },
      private: true,
    });
    expect(JSON.parse(read('package-lock.json'))).toMatchObject({ name: 'acme-billing', packages: { '': begins } });
  });

  it('stand where they are served, sent and logged', () => {
    writeNames(root, answers);

    expect(read('libs/platform/openapi/document.ts')).toMatch(/setTitle\('ACME Billing'\)/);
    expect(read('libs/platform/openapi/document.ts')).toContain("{ name: 'Apache-2.0', identifier: 'Apache-2.0' };");
    expect(read('libs/platform/config/env/operation.ts')).toContain("'ACME Billing <no-reply@example.test>'");
    expect(read('libs/platform/config/env/operation.ts')).toContain("default('acme-billing')");
    expect(read('libs/platform/kernel/access/credential-prefix.ts')).toContain("CREDENTIAL_PREFIX = 'acme';");
  });

  it.runIf(isTemplate('.'))('stand on images and in Kubernetes', () => {
    writeNames(root, { ...answers, name: 'crm' });

    expect(read('deploy/kubernetes/base/api.yaml')).toMatch(/name: crm-api\n[^]*app\.kubernetes\.io\/name: crm,/);
    expect(read('deploy/README.md')).toContain('docker build -t crm .\n');
    expect(read('docker-compose.yml')).toContain('image: crm\n');
    expect(read('apps/setup/src/run.ts')).toContain('docker run --rm crm node');
  });

  it('are the same when they are written twice', () => {
    writeNames(root, answers);
    const once = all();
    writeNames(root, answers);

    expect(all()).toEqual(once);
  });

  it('name no license to OpenAPI that SPDX does not know', () => {
    writeNames(root, { ...answers, license: 'UNLICENSED' });

    expect(read('libs/platform/openapi/document.ts')).toContain("const LICENSE = { name: 'UNLICENSED' };");
  });

  it('are missed aloud where their place is gone', () => {
    const file = join(root, 'libs/platform/openapi/document.ts');
    writeFileSync(file, read('libs/platform/openapi/document.ts').replace('.setTitle(', '.setName('));

    expect(() => writeNames(root, answers)).toThrow(
      `No place for ".setTitle('ACME Billing')" was found in libs/platform/openapi/document.ts.`,
    );
  });
});
