import { afterAll, describe, expect, it } from 'vitest';
import { newId } from '#platform/kernel/values/ids.js';
import { accountsApp } from '../testing/accounts-app.js';
import { pointersIn } from '../testing/requests.js';

const context = await accountsApp();
const { app } = context;
afterAll(() => app.close());

describe('POST /v1/me/password', () => {
  const change = (payload: object) => app.inject({ method: 'POST', url: '/v1/me/password', payload });

  it('answers 422 with a code when the current one is wrong', async () => {
    const response = await change({ currentPassword: 'wrong', newPassword: 'battery staple' });

    expect(response.json()).toMatchObject({
      status: 422,
      code: 'CURRENT_PASSWORD_WRONG',
      errors: [{ pointer: '#/currentPassword' }],
    });
  });

  it('answers 422 with a code that points to the new one when that is refused', async () => {
    const response = await change({ currentPassword: 'correct horse', newPassword: context.me.email });

    expect(response.json()).toMatchObject({
      status: 422,
      code: 'PASSWORD_REFUSED',
      errors: [{ pointer: '#/newPassword' }],
    });
  });

  it.each([
    [{}, ['#/currentPassword', '#/newPassword']],
    [{ currentPassword: '', newPassword: 'short' }, ['#/currentPassword', '#/newPassword']],
    [
      { currentPassword: 7, newPassword: ['battery staple'], userId: newId() },
      ['#/currentPassword', '#/newPassword', '#/userId'],
    ],
  ])('answers 422 to %j', async (payload, expected) => {
    const response = await change(payload);

    expect(response.json()).toMatchObject({ status: 422, code: 'VALIDATION_FAILED' });
    expect(pointersIn(response)).toEqual(expected);
  });

  it('answers 204, and 409 with a code to a user without a password', async () => {
    const right = { currentPassword: 'correct horse', newPassword: 'battery staple' };
    expect((await change(right)).statusCode).toBe(204);
    await context.users.update(context.me.id, (user) => ({ ...user, passwordHash: null }));

    expect((await change(right)).json()).toMatchObject({ status: 409, code: 'PASSWORD_NOT_SET' });
  });
});
