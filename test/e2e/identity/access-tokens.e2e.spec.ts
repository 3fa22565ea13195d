import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orThrow } from '#client/index.js';
import { ApiClient } from '#platform/testing/system/api-client.js';
import { fromElsewhere, type Person, signUp } from '#platform/testing/system/people.js';
import { type Program, start } from '#platform/testing/system/program.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { ALGORITHMS, type Algorithm, newSigningKey } from '../../../libs/platform/config/values/new-signing-key.ts';
import { freePort } from '../../../tools/servers/ports.ts';
import { acceptAtResourceServer } from '../../resource-server.ts';

let system: System;
let person: Person;
const programs: Program[] = [];
beforeAll(async () => {
  system = await startSystem();
  person = await signUp(system);
});
afterAll(async () => {
  await Promise.all(programs.map((program) => program.stop()));
  await system.stop();
});

/** An API process that signs with a key of its own, and is its own issuer. */
async function anIssuer(algorithm: Algorithm): Promise<string> {
  const API_PORT = String(await freePort());
  const AUTH_SIGNING_KEYS = JSON.stringify({ keys: [newSigningKey(algorithm)] });
  const program = await start('api', {
    ...system.env,
    API_PORT,
    PUBLIC_URL: `http://127.0.0.1:${API_PORT}`,
    AUTH_SIGNING_KEYS,
  });
  programs.push(program);
  return program.url;
}

async function signIn(issuer: string) {
  const { email, password } = person;
  const signedIn = new ApiClient(issuer).as().POST('/v1/auth/login', { body: { email, password }, ...fromElsewhere() });
  return (await orThrow(signedIn)).data;
}

describe('an access token, at another service with another implementation', () => {
  it.each(ALGORITHMS)('is accepted by its issuer alone: %s', async (algorithm) => {
    const issuer = await anIssuer(algorithm);
    const { accessToken, expiresIn, sessionId } = await signIn(issuer);
    const { data: me } = await orThrow(new ApiClient(issuer).as(accessToken).GET('/v1/me'));

    const claims = await acceptAtResourceServer(accessToken, { issuer });

    expect(claims).toMatchObject({
      iss: issuer,
      aud: 'api',
      sub: me.id,
      sid: sessionId,
      client_id: 'first-party',
    });
    expect(claims.exp - claims.iat).toBe(expiresIn);
    await expect(acceptAtResourceServer(accessToken, { issuer, discovery: 'oauth2' })).resolves.toEqual(claims);
  });

  it('is refused when it is for somebody else, or from somebody else', async () => {
    const issuer = system.api.url;
    const { accessToken } = await signIn(issuer);
    await expect(acceptAtResourceServer(accessToken, { issuer })).resolves.toBeDefined();

    await expect(acceptAtResourceServer(accessToken, { issuer, audience: 'billing' })).rejects.toThrow(/"aud"/);
    await expect(acceptAtResourceServer(accessToken, { issuer: `${issuer}/other` })).rejects.toThrow();
  });

  it('is refused when anything in it was changed', async () => {
    const issuer = system.api.url;
    const [header = '', payload = '', signature = ''] = (await signIn(issuer)).accessToken.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const longer = Buffer.from(JSON.stringify({ ...claims, exp: Math.ceil(Date.now() / 1000) + 86_400 })).toString(
      'base64url',
    );

    await expect(acceptAtResourceServer([header, longer, signature].join('.'), { issuer })).rejects.toThrow(
      /signature/,
    );
  });
});
