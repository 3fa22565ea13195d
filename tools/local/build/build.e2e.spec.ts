import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../servers/local-directory.ts';
import { compile } from './build.ts';
import { builtFile, outdatedCode, readCode } from './sources.ts';

describe('the build of npm start', () => {
  it('makes of each file what npm run build made of it', async () => {
    const files = [...readCode().keys()].filter((file) => file.endsWith('.module.ts') || file.endsWith('main.ts'));

    const built = await Promise.all(files.map(compile));

    expect(files.length).toBeGreaterThan(5);
    for (const [at, file] of files.entries())
      expect(readFileSync(join(ROOT, builtFile(file)), 'utf8')).toContain(built[at]?.code);
  });

  it('takes along the files of pages, as they are', () => {
    const files = [...readCode().keys()].filter((file) => file.includes('/page/'));

    expect(files).toContain('libs/platform/openapi/page/start.js');
    for (const file of files) expect(readFileSync(join(ROOT, builtFile(file)))).toEqual(readFileSync(join(ROOT, file)));
  });

  it('finds nothing to do after npm run build', () => {
    expect(outdatedCode()).toEqual([]);
  });
});
