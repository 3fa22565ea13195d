import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @throws Error when the place is not there any more: silence would leave half of the old name */
export function editFile(root: string, path: string, pattern: RegExp, replacement: string): void {
  const file = join(root, path);
  const text = readFileSync(file, 'utf8');
  if (!pattern.test(text)) throw new Error(`No place for "${replacement}" was found in ${path}.`);
  // As a function: a "$" in an answer is a "$".
  writeFileSync(
    file,
    text.replace(pattern, () => replacement),
  );
}
