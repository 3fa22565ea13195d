import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answers } from './answers.ts';
import { editFile } from './edit-file.ts';
import { TEMPLATE } from './template-itself.ts';

const DOCUMENT = 'libs/platform/openapi/document.ts';
const VARIABLES = 'libs/platform/config/env/operation.ts';
const PREFIX = 'libs/platform/kernel/access/credential-prefix.ts';
/** Where images, and what belongs to them in Kubernetes, go by a name. */
const WITH_IMAGES = [
  'deploy/**/*.{md,yaml}',
  'docker-compose.yml',
  '.github/workflows/*.yml',
  'apps/setup/src/run.ts',
  'package.json',
];
const FIRST_VERSION = '0.1.0';

type Json = Record<string, unknown>;

/** Everywhere but in README.md and LICENSE, and in what is generated from these places. */
export function writeNames(root: string, answers: Answers): void {
  const { name, title, prefix } = answers;
  editFile(root, DOCUMENT, /\.setTitle\('[^']*'\)/, `.setTitle('${title}')`);
  editFile(root, DOCUMENT, /^const LICENSE = .*;$/m, `const LICENSE = ${licenseOf(answers)};`);
  editFile(root, VARIABLES, /'[^']* <no-reply@example\.test>'/, `'${title} <no-reply@example.test>'`);
  editFile(root, VARIABLES, /OTEL_SERVICE_NAME: z\.string\(\)\.default\('[^']*'\)/, serviceName(name));
  editFile(root, PREFIX, /CREDENTIAL_PREFIX = '[^']*'/, `CREDENTIAL_PREFIX = '${prefix}'`);
  for (const path of globSync(WITH_IMAGES, { cwd: root })) renameImages(join(root, path), name);
  editJson(join(root, 'package.json'), (manifest) => packageOf(manifest, answers));
  editJson(join(root, 'package-lock.json'), (lock) => lockOf(lock, answers));
}

const serviceName = (name: string): string => `OTEL_SERVICE_NAME: z.string().default('${name}')`;

/** OpenAPI takes identifiers of SPDX only. */
const licenseOf = ({ license }: Answers): string =>
  license === 'UNLICENSED' ? `{ name: '${license}' }` : `{ name: '${license}', identifier: '${license}' }`;

function renameImages(file: string, name: string): void {
  const pattern = new RegExp(`(?<![\\w-])${TEMPLATE.image}(?!\\w)`, 'g');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(pattern, name));
}

function packageOf(manifest: Json, { name, description, license, repository }: Answers): Json {
  const {
    name: _name,
    version: _version,
    description: _description,
    license: _license,
    repository: _,
    ...rest
  } = manifest;
  const from = repository === null ? {} : { repository: { type: 'git', url: `git+${repository}.git` } };
  return { name, version: FIRST_VERSION, description, license, ...from, ...rest };
}

function lockOf(lock: Json, { name, license }: Answers): Json {
  const packages = lock.packages as Record<string, Json>;
  const own = { ...packages[''], name, version: FIRST_VERSION, license };
  return { ...lock, name, version: FIRST_VERSION, packages: { ...packages, '': own } };
}

function editJson(file: string, change: (content: Json) => Json): void {
  const changed = change(JSON.parse(readFileSync(file, 'utf8')) as Json);
  writeFileSync(file, `${JSON.stringify(changed, null, 2)}\n`);
}
