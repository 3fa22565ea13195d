import { describe, expect, it } from 'vitest';
import { secretsIn } from './secrets.ts';

// Put together here, so that no scanner takes this file for what it tests.
const token = ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_');
const key = `-----BEGIN ${'PRIVATE KEY'}-----\n${'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg'.repeat(3)}\n-----END ${'PRIVATE KEY'}-----`;
const address = (host: string) => `DATABASE_URL=${'postgresql'}://shop:4Dqb7vKe@${host}:5432/shop`;

describe('a credential in a file', () => {
  it.each([
    ['a token', `const token = '${token}';`],
    ['a private key', key],
    ['an address with a password', address('db.shop.com')],
  ])('is found by its line, and not shown: %s', async (_, content) => {
    const found = await secretsIn('config.ts', `// One\n${content}\n`);

    expect(found).toEqual([expect.stringMatching(/^config\.ts:2: /)]);
    expect(found.join()).not.toMatch(/wWPw5k|MIGHAgE|4Dqb7vKe/);
  });

  it('is excepted by a comment behind it', async () => {
    expect(await secretsIn('config.ts', `const token = '${token}'; // ${'secretlint'}-disable-line\n`)).toEqual([]);
  });

  it.each(['localhost', '127.0.0.1', 'db', 'db.example.test'])('is none for a server at %s', async (host) => {
    expect(await secretsIn('.env.example', address(host))).toEqual([]);
  });
});
