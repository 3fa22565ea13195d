import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { addressForMigrations, Refusal, readCommandEnvironment } from './environment.ts';

const URL = 'postgresql://me:secret@db.example.test/app';

const folder = mkdtempSync(join(tmpdir(), 'command-'));
afterAll(() => rmSync(folder, { recursive: true }));

function inFile(content: string): string {
  const file = join(folder, randomUUID());
  writeFileSync(file, content);
  return file;
}

describe('the environment of a command', () => {
  it('is read as that of the service', () => {
    const env = {
      DATABASE_URL_FILE: inFile(`\n${URL} `),
      ADMIN_EMAIL: ' ada@example.test ',
      ADMIN_PASSWORD_FILE: inFile('secret\n'),
    };

    expect(readCommandEnvironment(env)).toEqual({
      DATABASE_URL: URL,
      ADMIN_EMAIL: 'ada@example.test',
      ADMIN_PASSWORD: 'secret',
    });
  });

  it.each<[string, NodeJS.ProcessEnv, RegExp]>([
    [
      'an unencoded password',
      { DATABASE_URL: 'postgres://me:p@ss/w#mark@127.0.0.1/app' },
      /DATABASE_URL: .*percent-encoded/,
    ],
    ['a port that is none', { DATABASE_URL: 'postgres://mark:port/app' }, /DATABASE_URL: must be a URL/],
    [
      "Prisma's word for a pooler",
      { DATABASE_URL: 'postgres://mark/app?pgbouncer=true' },
      /DATABASE_URL: .*DATABASE_POOLER/,
    ],
    ['a file that is not there', { DATABASE_URL_FILE: '/mark' }, /DATABASE_URL_FILE: cannot be read/],
    [
      'one address by name and by file',
      { DATABASE_URL: URL, DATABASE_URL_FILE: inFile(URL) },
      /DATABASE_URL: is set twice/,
    ],
    [
      'a broken shadow database',
      { DATABASE_URL: URL, SHADOW_DATABASE_URL: 'mark' },
      /SHADOW_DATABASE_URL: must be a URL/,
    ],
  ])('is refused for %s, by its name and without its value', (_, env, complaint) => {
    expect(() => readCommandEnvironment(env)).toThrow(Refusal);
    expect(() => readCommandEnvironment(env)).toThrow(complaint);
    expect(() => readCommandEnvironment(env)).not.toThrow(/mark/);
  });

  it('leads migrations past a pooler in transaction mode, or nowhere', () => {
    const DATABASE_DIRECT_URL = 'postgresql://me@direct/app';

    expect(addressForMigrations({ DATABASE_URL: URL })).toBe(URL);
    expect(addressForMigrations({ DATABASE_URL: URL, DATABASE_POOLER: 'session' })).toBe(URL);
    expect(addressForMigrations({ DATABASE_URL: URL, DATABASE_POOLER: 'transaction', DATABASE_DIRECT_URL })).toBe(
      DATABASE_DIRECT_URL,
    );
    expect(() => addressForMigrations({ DATABASE_URL: URL, DATABASE_POOLER: 'transaction' })).toThrow(
      /^DATABASE_POOLER=transaction: [^]*DATABASE_DIRECT_URL/,
    );
    expect(() => addressForMigrations({})).toThrow(/^No database to work on/);
  });
});
