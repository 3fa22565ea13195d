import { afterAll, describe, expect, it } from 'vitest';
import { accountsApp } from '../testing/accounts-app.js';
import { comparable, pointersIn } from '../testing/requests.js';
import { anEmail, aRegistration, NOW } from '../testing/user.factory.js';

const context = await accountsApp();
const { app } = context;
afterAll(() => app.close());

const post = (path: string, payload?: object, headers = {}) =>
  app.inject({ method: 'POST', url: `/v1/auth/${path}`, ...(payload && { payload }), headers });

describe('POST /v1/auth/register', () => {
  it('answers 202 with the same nothing to a new address and to one that has an account', async () => {
    const known = await post('register', { email: context.me.email.toUpperCase(), password: 'correct horse' });
    const unknown = await post('register', { email: anEmail(), password: 'correct horse', name: ' Ada ' });

    for (const response of [known, unknown]) {
      expect(response.statusCode).toBe(202);
      expect(response.body).toBe('');
    }
    expect(comparable(known.headers)).toEqual(comparable(unknown.headers));
  });

  it('normalises the address', async () => {
    const email = anEmail();

    await post('register', { email: `  ${email.toUpperCase()} `, password: 'correct horse' });

    expect(context.registrations.latestWithPassword(email, NOW)).toBeDefined();
  });

  it('keeps the language that the client asks for', async () => {
    const email = anEmail();

    await post('register', { email, password: 'correct horse' }, { 'accept-language': 'fr, de-AT;q=0.9, en;q=0.8' });

    expect(await context.registrations.findLatest(email)).toMatchObject({ locale: 'de' });
  });

  it('answers 422 naming every field at once', async () => {
    const response = await post('register', { email: 'nowhere', password: 'short', name: 'a\0b', role: 'admin' });

    expect(response.statusCode).toBe(422);
    expect(pointersIn(response)).toEqual(['#/email', '#/name', '#/password', '#/role']);
    expect(response.body).not.toContain('short');
  });

  it.each(['password1', 'ada@example.test', 'ADA@example.test'])(
    'answers 422 with a code when the password is %p',
    async (password) => {
      const response = await post('register', { email: 'ada@example.test', password });

      expect(response.statusCode).toBe(422);
      expect(response.json()).toMatchObject({ code: 'PASSWORD_REFUSED', errors: [{ pointer: '#/password' }] });
      expect(response.body).not.toContain(password);
    },
  );

  it.each([
    ['a number for a password', { email: 'ada@example.test', password: 12345678 }],
    ['an object for an address', { email: { $ne: null }, password: 'correct horse' }],
    ['two addresses', { email: 'a@example.test,b@example.test', password: 'correct horse' }],
    ['an address with a line break', { email: 'a@example.test\r\nBcc: b@example.test', password: 'correct horse' }],
    ['an address that is too long', { email: `${'a'.repeat(250)}@example.test`, password: 'correct horse' }],
    ['an array', []],
  ])('answers 422 to %s', async (_, payload) => {
    expect((await post('register', payload)).statusCode).toBe(422);
  });
});

describe('POST /v1/auth/email/verify', () => {
  it('answers 204 once, and 422 with a code after that', async () => {
    const registration = aRegistration();
    await context.registrations.add(registration);

    expect((await post('email/verify', { token: registration.id })).statusCode).toBe(204);
    const again = await post('email/verify', { token: registration.id });

    expect(again.statusCode).toBe(422);
    expect(again.json()).toMatchObject({ code: 'EMAIL_TOKEN_INVALID' });
  });

  it.each([{ token: 'nonsense' }, { token: '' }, { token: 'x'.repeat(10_000) }, {}, { token: ['a'] }])(
    'answers 422 to %j',
    async (payload) => {
      expect((await post('email/verify', payload)).statusCode).toBe(422);
    },
  );
});

describe('POST /v1/auth/email/resend', () => {
  it('answers 202 whether or not anybody registered with the address', async () => {
    const registration = aRegistration();
    await context.registrations.add(registration);

    const answers = [
      await post('email/resend', { email: registration.email }),
      await post('email/resend', { email: anEmail() }),
    ];

    expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual([
      [202, ''],
      [202, ''],
    ]);
  });
});
