import { afterAll, describe, expect, it } from 'vitest';
import { accountsApp } from '../testing/accounts-app.js';

const { app, me } = await accountsApp();
afterAll(() => app.close());

describe('/v1/me', () => {
  const patch = (payload: object) => app.inject({ method: 'PATCH', url: '/v1/me', payload });

  it('answers 200 with what the user may see, and nothing of the password', async () => {
    const response = await app.inject('/v1/me');

    expect(response.statusCode).toBe(200);
    const { id, email, name, locale } = me;
    expect(response.json()).toEqual({ data: { id, email, name, locale, createdAt: '2030-01-01T12:00:00.000Z' } });
  });

  it('answers 200 to a new name, to no name and to no change', async () => {
    expect((await patch({ name: ' Grace ' })).json().data).toMatchObject({ name: 'Grace' });
    expect((await patch({ name: null })).json().data).toMatchObject({ name: null });
    expect((await patch({})).json().data).toMatchObject({ name: null });
  });

  it('answers 200 to a language, and to none', async () => {
    expect((await patch({ locale: 'de' })).json().data).toMatchObject({ locale: 'de' });
    expect((await patch({ locale: null })).json().data).toMatchObject({ locale: null });
  });

  it('answers 422 to a language that no mail is written in, with those that are', async () => {
    const response = await patch({ locale: 'fr' });

    expect(response.statusCode).toBe(422);
    expect(response.body).toMatch(/en.+de/);
  });

  it.each([
    { name: '' },
    { name: '  ' },
    { name: 'a\nb' },
    { name: 'a\0b' },
    { name: '\ud800' },
    { name: 'x'.repeat(201) },
    { name: 1 },
    { email: 'x@example.test' },
  ])('answers 422 to %j', async (payload) => {
    expect((await patch(payload)).statusCode).toBe(422);
  });
});
