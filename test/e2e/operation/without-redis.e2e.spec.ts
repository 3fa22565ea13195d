import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CuttableServers, cuttableRedis } from '#platform/testing/servers/cuttable-servers.js';
import { aStranger, fromElsewhere, signUp } from '#platform/testing/system/people.js';
import { type System, startSystem } from '#platform/testing/system/system.js';

type Session = Readonly<{ accessToken: string; refreshToken: string }>;
const LOSSES: [string, (redis: CuttableServers) => void][] = [
  ['is frozen', (redis) => redis.freeze()],
  ['is gone', (redis) => redis.cut()],
];

let system: System;
let redis: CuttableServers;
let session: Session;
const stranger = aStranger();
beforeAll(async () => {
  redis = await cuttableRedis();
  system = await startSystem({ ...redis.env });
  await signUp(system, stranger);
  session = (await system.client.post('/v1/auth/login', stranger, fromElsewhere())).body.data;
});
afterAll(async () => {
  await system.stop();
  await redis.close();
});

describe.each(LOSSES)('while Redis %s', (_, lose) => {
  beforeAll(() => lose(redis));
  afterAll(() => redis.restore());

  it('a signed-in user stays signed in: reading and refreshing go on', async () => {
    const refreshed = await system.client.post(
      '/v1/auth/refresh',
      { refreshToken: session.refreshToken },
      fromElsewhere(),
    );
    expect(refreshed.status).toBe(200);
    session = refreshed.body.data;

    expect((await system.client.get('/v1/me', { token: session.accessToken })).status).toBe(200);
  });

  it.each([
    ['login', stranger],
    ['password/forgot', { email: stranger.email }],
    ['password/reset', { token: 'nonsense', password: stranger.password }],
  ])('no secret can be guessed: auth/%s answers 503', async (path, body) => {
    const answer = await system.client.post(`/v1/auth/${path}`, body, fromElsewhere());

    expect([answer.status, answer.body.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
