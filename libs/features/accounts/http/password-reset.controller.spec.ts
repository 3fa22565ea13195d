import { afterAll, describe, expect, it } from 'vitest';
import { accountsApp } from '../testing/accounts-app.js';
import { comparable, pointersIn } from '../testing/requests.js';
import { anEmail, aPasswordReset } from '../testing/user.factory.js';

const context = await accountsApp();
const { app } = context;
afterAll(() => app.close());

const post = (path: string, payload: object) => app.inject({ method: 'POST', url: `/v1/${path}`, payload });

describe('POST /v1/auth/password/forgot', () => {
  it('answers 202 with the same nothing to every address', async () => {
    const known = await post('auth/password/forgot', { email: ` ${context.me.email.toUpperCase()}` });
    const unknown = await post('auth/password/forgot', { email: anEmail() });

    expect([known, unknown].map(({ statusCode, body }) => [statusCode, body])).toEqual([
      [202, ''],
      [202, ''],
    ]);
    expect(comparable(known.headers)).toEqual(comparable(unknown.headers));
  });

  it.each([
    {},
    { email: 'nowhere' },
    { email: 7 },
    { email: ['a@example.test'] },
    { email: 'a@example.test', extra: 1 },
  ])('answers 422 to %j', async (payload) => {
    expect((await post('auth/password/forgot', payload)).json()).toMatchObject({
      status: 422,
      code: 'VALIDATION_FAILED',
    });
  });
});

describe('POST /v1/auth/password/reset', () => {
  const reset = (payload: object) => post('auth/password/reset', payload);
  const aToken = async () => {
    const { email } = await context.aStoredUser();
    const reset = aPasswordReset({ email });
    await context.resets.add(reset);
    return { token: reset.id, email };
  };

  it('answers 204 once, and 422 with a code after that', async () => {
    const { token, email } = await aToken();

    const [first, second] = [
      await reset({ token, password: 'battery staple' }),
      await reset({ token, password: 'battery staple' }),
    ];

    expect([first.statusCode, first.body]).toEqual([204, '']);
    expect(second.json()).toMatchObject({ status: 422, code: 'RESET_TOKEN_INVALID' });
    expect(context.throttle.successes).toEqual([[email, '127.0.0.1']]);
  });

  it('answers 422 with a code to a password that is refused, and does not repeat it', async () => {
    const response = await reset({ ...(await aToken()), password: 'password1', email: undefined });

    expect(response.json()).toMatchObject({
      status: 422,
      code: 'PASSWORD_REFUSED',
      errors: [{ pointer: '#/password' }],
    });
    expect(response.body).not.toContain('password1');
  });

  it('answers 422 with a code to a token that means nothing', async () => {
    expect((await reset({ token: 'nonsense', password: 'battery staple' })).json()).toMatchObject({
      status: 422,
      code: 'RESET_TOKEN_INVALID',
    });
  });

  it('answers 422 naming every field at once', async () => {
    const response = await reset({ token: '', password: 'short', email: 'a@example.test' });

    expect(response.json()).toMatchObject({ status: 422, code: 'VALIDATION_FAILED' });
    expect(pointersIn(response)).toEqual(['#/email', '#/password', '#/token']);
  });
});
