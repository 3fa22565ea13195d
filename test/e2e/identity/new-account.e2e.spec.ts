import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aStranger, signUp, tokenIn } from '#platform/testing/system/people.js';
import { type System, startSystem } from '#platform/testing/system/system.js';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

describe('a new account', () => {
  it('belongs to the person who registered it', async () => {
    const { email, token } = await signUp(system);

    const { status, body } = await system.client.get('/v1/me', { token });

    expect({ status, email: body.data.email }).toEqual({ status: 200, email });
  });

  it('answers the same whether the address is known or not', async () => {
    const { email } = await signUp(system);

    const known = await system.client.post('/v1/auth/register', { ...aStranger(), email: ` ${email.toUpperCase()} ` });
    const unknown = await system.client.post('/v1/auth/register', aStranger());

    expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
    expect(known.status).toBe(202);
  });

  it('lets nobody in before the address is verified, and says so only after the right password', async () => {
    const stranger = aStranger();
    await system.client.post('/v1/auth/register', stranger);

    const right = await system.client.post('/v1/auth/login', stranger);
    const wrong = await system.client.post('/v1/auth/login', { ...stranger, password: 'not the right one' });

    expect([right.status, right.body.code]).toEqual([403, 'EMAIL_NOT_VERIFIED']);
    expect([wrong.status, wrong.body.code]).toEqual([401, 'INVALID_CREDENTIALS']);
  });

  it('is verified by its link once', async () => {
    const stranger = aStranger();
    await system.client.post('/v1/auth/register', stranger);
    const token = tokenIn((await system.mailbox.mailTo(stranger.email)).text);

    const first = await system.client.post('/v1/auth/email/verify', { token });
    const second = await system.client.post('/v1/auth/email/verify', { token });

    expect(first.status).toBe(204);
    expect(second.status).toBeGreaterThanOrEqual(400);
  });
});

describe('secrets', () => {
  it('reach no log line', async () => {
    const { client, api, worker } = system;
    const { email, password, token } = await signUp(system);
    await client.post('/v1/auth/login', { email, password: `${password} mistyped` });
    await client.get('/v1/me', { token: `${token}x` });

    const logs = api.output() + worker.output();

    const shown = (text: string) => logs.includes(text);
    expect(['/v1/auth/login', email, password, token].filter(shown)).toEqual(['/v1/auth/login']);
  });
});
