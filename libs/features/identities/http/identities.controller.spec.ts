import { describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import type { Identity } from '../domain/identity.js';
import { identitiesApp } from '../testing/identities-app.js';
import { anExternalAccount, anIdentity } from '../testing/identity.factory.js';
import { PKCE } from '../testing/sign-in-flow.js';

const UNKNOWN = '0190a1b2-0000-7000-8000-00000000000a';
const URL = '/v1/me/identities';
const { codeVerifier } = PKCE;

const shown = ({ id, issuer, email, createdAt }: Identity) => ({
  id,
  provider: 'acme',
  issuer,
  email,
  createdAt: createdAt.toISOString(),
});

async function setup(...options: Parameters<typeof identitiesApp>) {
  const { app, me, identities, ...others } = await identitiesApp(...options);
  const linked = async () => {
    const identity = anIdentity({ userId: me.id });
    await identities.add(identity);
    return identity;
  };
  const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload });
  const unlink = ({ id }: Pick<Identity, 'id'>) => app.inject({ method: 'DELETE', url: `${URL}/${id}` });
  return { app, identities, linked, post, unlink, ...others };
}

describe('GET /v1/me/identities', () => {
  it('answers 200 with what their owner may see', async () => {
    const { app, linked } = await setup();
    const identity = await linked();

    expect((await app.inject(URL)).json()).toEqual({ data: [shown(identity)] });
  });
});

describe('POST /v1/me/identities', () => {
  it('answers 201 with what was linked', async () => {
    const { post, aCodeFor, identities } = await setup();
    const account = anExternalAccount();

    const response = await post(URL, { code: await aCodeFor(account), codeVerifier });

    const identity = await identities.find(account);
    expect([response.statusCode, response.json()]).toEqual([201, { data: shown(identity!) }]);
  });

  it('answers 409 with a code when it is linked to somebody else', async () => {
    const { post, aCodeFor, identities } = await setup();
    const account = anExternalAccount();
    await identities.add(anIdentity({ issuer: account.issuer, subject: account.subject }));

    const response = await post(URL, { code: await aCodeFor(account), codeVerifier });

    expect([response.statusCode, response.json().code]).toEqual([409, 'IDENTITY_LINKED_ELSEWHERE']);
  });

  it('answers 201 with what an app linked', async () => {
    const { post, providers, identities } = await setup();
    const account = anExternalAccount();
    providers.knows('an.id.token', account, 'n');

    const response = await post(`${URL}/acme/id-token`, { idToken: 'an.id.token', nonce: 'n' });

    const identity = await identities.find(account);
    expect([response.statusCode, response.json()]).toEqual([201, { data: shown(identity!) }]);
  });
});

describe('DELETE /v1/me/identities/:id', () => {
  it('answers 204 when it was unlinked, and 409 when it is the last way to sign in', async () => {
    const { linked, unlink } = await setup({ passwordHash: null });
    const [first, last] = [await linked(), await linked()];

    expect((await unlink(first)).statusCode).toBe(204);
    const refused = await unlink(last);
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'LAST_SIGN_IN_METHOD']);
  });

  it("answers 404 with a code to somebody else's", async () => {
    const { unlink } = await setup();

    const response = await unlink({ id: newId() });

    expect([response.statusCode, response.json().code]).toEqual([404, 'IDENTITY_NOT_FOUND']);
  });

  it('answers 422 to an id that is none', async () => {
    const { unlink } = await setup();

    expect((await unlink({ id: 'nonsense' })).statusCode).toBe(422);
  });
});

describe('an API key, which must not become a way to sign in as its owner,', () => {
  it.each([
    ['GET', ''],
    ['POST', ''],
    ['POST', '/acme/id-token'],
    ['DELETE', `/${UNKNOWN}`],
  ] as const)('gets 403 from %s /v1/me/identities%s', async (method, path) => {
    const { app } = await setup({}, { kind: 'api-key', sessionId: null });

    const response = await app.inject({ method, url: URL + path, ...(method === 'POST' && { payload: {} }) });

    expect(response.json()).toMatchObject({ status: 403, code: 'PERMISSION_DENIED' });
  });
});
