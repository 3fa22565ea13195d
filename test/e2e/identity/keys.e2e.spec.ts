import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inDatabase } from '#platform/testing/system/administration.js';
import { ApiClient } from '#platform/testing/system/api-client.js';
import { fromElsewhere, type Person, signUp } from '#platform/testing/system/people.js';
import { type Program, start } from '#platform/testing/system/program.js';
import { RUN_ENVIRONMENT } from '#platform/testing/system/run-environment.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import {
  type Algorithm,
  DEFAULT_ALGORITHM,
  newSigningKey,
} from '../../../libs/platform/config/values/new-signing-key.ts';
import { formatKeySet, type KeySet } from '../../../tools/keys/key-set.ts';
import { JWKS_MAX_AGE_SECONDS } from '../../../tools/keys/steps.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const ISSUER = 'https://api.example.test';

const folder = mkdtempSync(join(tmpdir(), 'keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function rotate(args: readonly string[], { input = '', env = {} } = {}) {
  const child = spawn(process.execPath, ['tools/keys/rotate.ts', ...args], {
    cwd: ROOT,
    env: { ...RUN_ENVIRONMENT, ...env },
  });
  child.stdin.end(input);
  const [output, messages, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.on('close', resolve)),
  ]);
  return { output, messages, code };
}

function aKeyFile(name: string, alg: Algorithm = DEFAULT_ALGORITHM): string {
  const file = join(folder, name);
  writeFileSync(file, formatKeySet({ keys: [newSigningKey(alg)] }), { mode: 0o600 });
  return file;
}

const setIn = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as KeySet;
const secretsOf = ({ keys }: KeySet) => keys.map(({ d }) => d).filter((d) => d !== undefined) as string[];

describe('keys:rotate', () => {
  it('says what to do next and shows nothing secret', async () => {
    const file = aKeyFile('told');

    const published = await rotate(['publish', `--file=${file}`, '--alg=RS256']);
    const shown = await rotate([], { env: { AUTH_SIGNING_KEYS_FILE: file } });

    expect([published.code, shown.code]).toEqual([0, 0]);
    expect(published.messages).toMatch(/Deploy this set[^]+keys:rotate -- sign --deployed-at/);
    for (const { kid } of setIn(file).keys) expect(shown.messages).toContain(kid);
    for (const secret of secretsOf(setIn(file)))
      expect(published.output + published.messages + shown.output + shown.messages).not.toContain(secret);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('leaves the set as it is when it refuses a step', async () => {
    const file = aKeyFile('refused');
    await rotate(['publish', `--file=${file}`]);
    const before = readFileSync(file, 'utf8');

    const tooSoon = await rotate(['sign', `--file=${file}`, `--deployed-at=${new Date().toISOString()}`]);
    const unsaid = await rotate(['sign', `--file=${file}`]);

    expect([tooSoon.code, unsaid.code]).toEqual([1, 1]);
    expect(tooSoon.messages).toMatch(/Wait until/);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it.each([
    ['standard input', ['publish', '--file=-'], (set: string) => ({ input: set })],
    ['the variable', ['publish'], (set: string) => ({ env: { AUTH_SIGNING_KEYS: set } })],
  ])('takes the set from %s and writes to standard output', async (_, args, giving) => {
    const { output, code } = await rotate(args, giving(formatKeySet({ keys: [newSigningKey('ES256')] })));

    expect(code).toBe(0);
    expect((JSON.parse(output) as KeySet).keys.map(({ alg }) => alg)).toEqual(['ES256', 'ES256']);
  });

  it('says so when there is no set, in one line', async () => {
    const { code, messages } = await rotate(['publish'], { env: { LOCAL_DIR: join(folder, 'nowhere') } });

    expect(code).toBe(1);
    expect(messages.trim().split('\n')).toHaveLength(1);
  });
});

describe('a rotation, one process after another', () => {
  let system: System;
  let person: Person;
  const file = aKeyFile('rotated');
  const replicas: Program[] = [];

  /** Another process, with the set as it is now. */
  const replica = async () => {
    const program = await start('api', { ...system.env, AUTH_SIGNING_KEYS: undefined, AUTH_SIGNING_KEYS_FILE: file });
    replicas.push(program);
    return new ApiClient(program.url);
  };
  const tokenOf = async (client: ApiClient) => {
    const { email, password } = person;
    return (await client.post('/v1/auth/login', { email, password }, fromElsewhere())).body.data.accessToken as string;
  };
  const statusOf = async (client: ApiClient, token: string) => (await client.get('/v1/me', { token })).status;

  beforeAll(async () => {
    system = await startSystem({ AUTH_ISSUER: ISSUER, AUTH_SIGNING_KEYS: undefined, AUTH_SIGNING_KEYS_FILE: file });
    person = await signUp(system);
  });
  afterAll(async () => {
    await Promise.all(replicas.map((program) => program.stop()));
    await system.stop();
  });

  it('logs nobody out: processes of each step accept the tokens of those before and after', async () => {
    const old = system.client;

    expect((await rotate(['publish', `--file=${file}`, '--alg=EdDSA'])).code).toBe(0);
    const published = await replica();
    expect((await rotate(['sign', `--file=${file}`, '--force'])).code).toBe(0);
    const signing = await replica();
    const tokens = { old: await tokenOf(old), published: await tokenOf(published), signing: await tokenOf(signing) };
    expect((await rotate(['retire', `--file=${file}`, '--force'])).code).toBe(0);
    const retired = await replica();

    expect(Object.values(tokens).map((token) => decodeProtectedHeader(token).alg)).toEqual(['ES256', 'ES256', 'EdDSA']);
    expect(await statusOf(published, tokens.old)).toBe(200);
    expect(await statusOf(old, tokens.published)).toBe(200);
    expect(await statusOf(signing, tokens.published)).toBe(200);
    expect(await statusOf(published, tokens.signing)).toBe(200);
    expect(await statusOf(retired, tokens.signing)).toBe(200);
    // What the waits are for.
    expect(await statusOf(old, tokens.signing)).toBe(401);
    expect(await statusOf(retired, tokens.old)).toBe(401);
  });

  it('is on record: when a set was first used, and what it replaced', async () => {
    const events = await inDatabase<{ before: string[]; after: string[] }>(
      system,
      `SELECT details->'before' AS before, details->'after' AS after FROM audit_events WHERE type = 'signing-keys.changed' ORDER BY id DESC LIMIT 3`,
    );

    const [retired, signing, published] = events.map(({ before, after }) => [
      before.length,
      after.length,
      before[0] === after[0],
    ]);
    expect([published, signing, retired]).toEqual([
      [1, 2, true],
      [2, 2, false],
      [2, 1, true],
    ]);
    for (const secret of secretsOf(setIn(file))) expect(JSON.stringify(events)).not.toContain(secret);
  });

  it('is followed by others who verify with the published keys', async () => {
    const [{ url }] = replicas.slice(-1) as [Program];
    const published = createRemoteJWKSet(new URL(`${url}/.well-known/jwks.json`));

    const token = await tokenOf(new ApiClient(url));

    await expect(
      jwtVerify(token, published, { issuer: ISSUER, audience: 'api', typ: 'at+jwt' }),
    ).resolves.toBeDefined();
    const { headers } = await system.client.get('/.well-known/jwks.json');
    expect(headers.get('cache-control')).toContain(`max-age=${JWKS_MAX_AGE_SECONDS}`);
  });
});
