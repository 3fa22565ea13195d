import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WIDE_LIMITS } from '#platform/testing/system/environment.js';
import { aStranger, fromElsewhere, type Person, signUp, tokenIn } from '#platform/testing/system/people.js';
import { type System, startSystem } from '#platform/testing/system/system.js';
import { eventually } from '#platform/testing/waiting/eventually.js';

/** Of one password, before a guesser has to wait. */
const GUESSES = 10;

let system: System;
beforeAll(async () => {
  system = await startSystem({
    RATE_LIMITS: `${WIDE_LIMITS},password=${GUESSES}/600,sign-in-attempts=${GUESSES}/3600`,
  });
});
afterAll(() => system.stop());

const NEW = 'a new password nobody guesses';
const signIn = (email: string, password: string, from = fromElsewhere()) =>
  system.client.post('/v1/auth/login', { email, password }, from);
const me = (token: string) => system.client.get('/v1/me', { token });
const reset = (token: unknown, password: unknown = NEW) =>
  system.client.post('/v1/auth/password/reset', { token, password }, fromElsewhere());
const change = ({ token, password }: Person, newPassword: unknown = NEW, currentPassword: unknown = password) =>
  system.client.post('/v1/me/password', { currentPassword, newPassword }, { token, ...fromElsewhere() });
const codeOf = ({ status, body }: Awaited<ReturnType<typeof signIn>>) => [status, body.code];

async function aMailedToken(email: string): Promise<string> {
  expect((await system.client.post('/v1/auth/password/forgot', { email }, fromElsewhere())).status).toBe(202);
  return tokenIn((await system.mailbox.mailTo(email, /new password/)).text);
}

describe('a password with accents', () => {
  it('is right however a keyboard composes them, at sign-in and when it is changed', async () => {
    const password = `crème brûlée ${Date.now()}`;
    const person = await signUp(system, { ...aStranger(), password });

    expect((await signIn(person.email, password.normalize('NFD'))).status).toBe(200);
    expect((await signIn(person.email, password.replace(' ', '\u00a0'))).status).toBe(200);
    expect((await change(person, NEW, password.normalize('NFD'))).status).toBe(204);
  });
});

describe('an address with a Unicode domain', () => {
  it('gets its mail, and is one account however the domain is written', async () => {
    const { email, password } = aStranger();
    const spelled = (domain: string) => email.replace('example.test', domain);
    await system.client.post('/v1/auth/register', { email: spelled('müller.test'), password }, fromElsewhere());
    const { text } = await system.mailbox.mailTo(spelled('müller.test'));

    expect((await system.client.post('/v1/auth/email/verify', { token: tokenIn(text) }, fromElsewhere())).status).toBe(
      204,
    );

    for (const domain of ['MÜLLER.test', 'mu\u0308ller.test', 'xn--mller-kva.test'])
      expect((await signIn(spelled(domain), password)).status).toBe(200);
  });
});

describe('a forgotten password', () => {
  it('is replaced by mail: the old one and every session are void, and the owner is told', async () => {
    const person = await signUp(system);
    const second = (await signIn(person.email, person.password)).body.data;

    const answer = await reset(await aMailedToken(person.email));

    expect(answer.status).toBe(204);
    for (const token of [person.token, second.accessToken])
      expect(codeOf(await me(token))).toEqual([401, 'SESSION_ENDED']);
    const refreshed = await system.client.post(
      '/v1/auth/refresh',
      { refreshToken: second.refreshToken },
      fromElsewhere(),
    );
    expect(codeOf(refreshed)).toEqual([401, 'REFRESH_TOKEN_INVALID']);
    expect(codeOf(await signIn(person.email, person.password))).toEqual([401, 'INVALID_CREDENTIALS']);
    expect((await signIn(person.email, NEW)).status).toBe(200);
    expect((await system.mailbox.mailTo(person.email, /was changed/)).text).toContain('If it was not you');
  });

  it('is replaced by a link once, however often and however fast it is opened', async () => {
    const token = await aMailedToken((await signUp(system)).email);

    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => reset(token, `${NEW} ${i}`)));

    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 204))
      expect(codeOf(answer)).toEqual([422, 'RESET_TOKEN_INVALID']);
  });

  it('is not replaced by a token that is none, is another one, or was altered', async () => {
    const { email } = await signUp(system);
    const token = await aMailedToken(email);
    const stranger = aStranger();
    await system.client.post('/v1/auth/register', stranger, fromElsewhere());
    const verification = tokenIn((await system.mailbox.mailTo(stranger.email)).text);

    for (const wrong of [
      'nonsense',
      verification,
      `${token}A`,
      token.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
    ]) {
      expect(codeOf(await reset(wrong))).toEqual([422, 'RESET_TOKEN_INVALID']);
    }
    expect(codeOf(await system.client.post('/v1/auth/email/verify', { token }, fromElsewhere()))).toEqual([
      422,
      'EMAIL_TOKEN_INVALID',
    ]);
    for (const malformed of ['', 7, null, [token], 'x'.repeat(501)])
      expect(codeOf(await reset(malformed))).toEqual([422, 'VALIDATION_FAILED']);
    expect((await reset(token)).status).toBe(204);
  });

  it('is not replaced by a common one, and the link lasts', async () => {
    const token = await aMailedToken((await signUp(system)).email);

    expect(codeOf(await reset(token, 'password1'))).toEqual([422, 'PASSWORD_REFUSED']);
    expect((await reset(token)).status).toBe(204);
  });

  it('is answered the same for an address without an account, which gets no mail', async () => {
    const [{ email }, stranger] = [await signUp(system), aStranger()];

    const unknown = await system.client.post('/v1/auth/password/forgot', { email: stranger.email }, fromElsewhere());
    const known = await system.client.post('/v1/auth/password/forgot', { email }, fromElsewhere());

    expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
    await system.mailbox.mailTo(email, /new password/);
    expect(system.mailbox.all().filter(({ to }) => to === stranger.email)).toEqual([]);
  });
});

describe('changing a password', () => {
  it('ends every other session, keeps this one, and tells the owner', async () => {
    const person = await signUp(system);
    const other = (await signIn(person.email, person.password)).body.data.accessToken as string;
    expect((await me(other)).status).toBe(200);

    expect((await change(person)).status).toBe(204);

    expect((await me(person.token)).status).toBe(200);
    await eventually(async () => expect(codeOf(await me(other))).toEqual([401, 'SESSION_ENDED']));
    expect(codeOf(await signIn(person.email, person.password))).toEqual([401, 'INVALID_CREDENTIALS']);
    expect((await signIn(person.email, NEW)).status).toBe(200);
    await system.mailbox.mailTo(person.email, /was changed/);
  });

  it('answers each wrong value with its own code', async () => {
    const person = await signUp(system);

    expect(codeOf(await change(person, NEW, 'wrong'))).toEqual([422, 'CURRENT_PASSWORD_WRONG']);
    const refused = await change(person, 'password1');
    expect([refused.status, refused.body.code, refused.body.errors[0].pointer]).toEqual([
      422,
      'PASSWORD_REFUSED',
      '#/newPassword',
    ]);
    for (const malformed of ['', 'short', 7, null])
      expect(codeOf(await change(person, malformed))).toEqual([422, 'VALIDATION_FAILED']);
    expect(codeOf(await system.client.post('/v1/me/password', {}, fromElsewhere()))).toEqual([
      401,
      'AUTHENTICATION_REQUIRED',
    ]);
    expect((await signIn(person.email, person.password)).status).toBe(200);
  });

  it('cannot be tried for ever with a stolen access token', async () => {
    const person = await signUp(system);

    const codes: unknown[] = [];
    for (let i = 0; i < GUESSES + 2; i++) codes.push((await change(person, NEW, `guess ${i}`)).body.code);

    expect(codes.slice(-2)).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
    expect(codeOf(await change(person))).toEqual([429, 'RATE_LIMITED']);
  });
});

describe('guessing a password', () => {
  it('has to wait, for an account and for none alike, and keeps the owner out nowhere else', async () => {
    const person = await signUp(system);
    const guess = async (email: string) => {
      const stranger = fromElsewhere();
      const answers: unknown[] = [];
      for (let i = 0; i < GUESSES + 2; i++) answers.push(codeOf(await signIn(email, `guess ${i}`, stranger)));
      return { answers, last: await signIn(email, person.password, stranger) };
    };

    const [known, unknown] = [await guess(person.email), await guess(aStranger().email)];

    expect(known.answers).toEqual(unknown.answers);
    expect(codeOf(known.last)).toEqual([429, 'SIGN_IN_THROTTLED']);
    expect(Number(known.last.headers.get('retry-after'))).toBeGreaterThan(0);
    // It would speak of another limit, and of another time.
    expect(known.last.headers.has('ratelimit')).toBe(false);
    expect((await signIn(person.email, person.password)).status).toBe(200);
  });
});

describe('a password that is no text', () => {
  const HALF = '\ud800half a pair';

  it('is refused where one is chosen', async () => {
    const person = await signUp(system);

    expect(
      codeOf(await system.client.post('/v1/auth/register', { ...aStranger(), password: HALF }, fromElsewhere())),
    ).toEqual([422, 'VALIDATION_FAILED']);
    expect(codeOf(await change(person, HALF))).toEqual([422, 'VALIDATION_FAILED']);
    expect(codeOf(await reset('nonsense', HALF))).toEqual([422, 'VALIDATION_FAILED']);
  });

  it('is not the one that it would be turned into', async () => {
    const person = await signUp(system, { ...aStranger(), password: HALF.toWellFormed() });

    expect(codeOf(await signIn(person.email, HALF))).toEqual([422, 'VALIDATION_FAILED']);
    expect((await signIn(person.email, HALF.toWellFormed())).status).toBe(200);
  });
});

describe('secrets of passwords', () => {
  it('reach no log line', async () => {
    const person = await signUp(system);
    const token = await aMailedToken(person.email);
    await reset(token);
    await system.mailbox.mailTo(person.email, /was changed/);

    const logs = system.api.output() + system.worker.output();

    const shown = (text: string) => logs.includes(text);
    expect(['/v1/auth/password/reset', token, NEW, person.email].filter(shown)).toEqual(['/v1/auth/password/reset']);
  });
});
