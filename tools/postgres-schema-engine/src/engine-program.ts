import { accessSync, chmodSync, constants, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const PROGRAM = fileURLToPath(new URL('../bin/schema-engine', import.meta.url));

/** What Prisma is to start as its engine. A file system, an archive or an editor may have taken the script's line ends or its executable bit: it gets them back. */
export function engineProgram(script = PROGRAM): string {
  const content = readFileSync(script, 'utf8');
  if (content.includes('\r')) writeFileSync(script, content.replaceAll('\r\n', '\n'));
  if (!isAllowed(script, constants.X_OK)) chmodSync(script, 0o755);
  return script;
}

export function isAllowed(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
