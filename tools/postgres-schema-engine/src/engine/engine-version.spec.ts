import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { engineVersion } from './wasm-engine.ts';

const require = createRequire(import.meta.url);
const versionOf = (name: string): string => (require(`${name}/package.json`) as { version: string }).version;

describe('the schema engine', () => {
  it('is the one that the installed Prisma was made with', async () => {
    const version = await engineVersion();

    expect(version).toBe(versionOf('@prisma/engines-version'));
    expect(version).toMatch(new RegExp(`^${versionOf('prisma')}-`));
  });
});
