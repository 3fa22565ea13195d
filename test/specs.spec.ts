import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MOST_IMPORTS = 20;

const files = globSync('{apps,bench,libs,test,tools}/**/*.ts', { cwd: ROOT });
const read = (file: string) => readFileSync(`${ROOT}/${file}`, 'utf8');
const isSpec = (file: string) => file.endsWith('.spec.ts');

describe('a spec', () => {
  const inFeatures = files.filter((file) => /^libs\/features\/[^/]+\/(application|http|jobs|commands)\//.test(file));
  const entries = inFeatures
    .filter((file) => !isSpec(file))
    .filter((file) => /\.(controller|handler|command)\.ts$/.test(file) || /\bexecute[<(]/.test(entryOf(file)));

  it('stands beside every use case, controller, handler and command of a feature', () => {
    const missing = entries.filter((file) => !existsSync(`${ROOT}/${file.replace(/\.ts$/, '.spec.ts')}`));

    expect(entries.length).toBeGreaterThan(0);
    expect(missing).toEqual([]);
  });

  it('has the name of what it is about', () => {
    const specs = inFeatures.filter((file) => isSpec(file)).map((file) => file.replace(/(\.int)?\.spec\.ts$/, '.ts'));

    expect(specs.filter((file) => !existsSync(`${ROOT}/${file}`)).map((file) => basename(file))).toEqual([]);
  });

  it(`imports no more than ${MOST_IMPORTS} files: what several need is put together in testing/`, () => {
    const crowded = files.filter((file) => isSpec(file) && (read(file).match(/ from '/g) ?? []).length > MOST_IMPORTS);

    expect(crowded).toEqual([]);
  });
});

/** A method of that name, and no call of it. */
function entryOf(file: string): string {
  return file.includes('/application/') ? (/^ {2}(async )?execute[<(].*$/m.exec(read(file))?.[0] ?? '') : '';
}
