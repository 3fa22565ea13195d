import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { makeExecutable } from '../servers/postgres-account.ts';

const SCRIPT = fileURLToPath(new URL('schema-engine', import.meta.url));

/** What Prisma is to start as its engine. A file system, an archive or an editor may have taken the script's line ends or its executable bit: it gets them back. */
export function engineProgram(script = SCRIPT): string {
  const content = readFileSync(script, 'utf8');
  if (content.includes('\r')) writeFileSync(script, content.replaceAll('\r\n', '\n'));
  makeExecutable(script);
  return script;
}
