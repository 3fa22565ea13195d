import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Manifest = Readonly<{ name: string; version: string; license?: string }>;

const TEXT = /^(licen[cs]e|notice|copying)/i;

/** What the licences of nearly all packages ask of those who pass them on: their text, and who wrote them. @param packages folders */
export function licencesOf(packages: Iterable<string>): string {
  return [...packages].map(licenceOf).sort().join('\n\n');
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const texts = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && TEXT.test(entry.name));
  return [
    `${name} ${version}: ${license ?? 'see its text'}`,
    ...texts.map((file) => readFileSync(join(folder, file.name), 'utf8').trim()),
  ].join('\n\n');
}
