import { expect } from 'vitest';
import { createApp } from '#apps/api/src/app.js';
import { loadEnv } from '#platform/config/load-env.js';
import { Database } from '#platform/database/database.js';
import { aValidEnv } from '#platform/testing/env.factory.js';
import { EmailTokens } from '../application/registration/email-tokens.js';
import type { OpaqueEmailTokens } from '../infrastructure/opaque-email-tokens.js';
import { anEmail } from './user.factory.js';

export const PASSWORD = 'correct horse battery staple';

/** Each caller has an address of their own: limits per address are not what these tests are about. */
let addresses = 0;
export const anAddress = () => `203.0.113.${++addresses}`;

/** Two processes of the API over the same Postgres and Redis, and those who call them: `here`, unless told otherwise. */
export async function twoProcesses() {
  const [here, there] = await Promise.all([aProcess(), aProcess()]);
  const aClient = (app = here) => clientOf(app);
  const mailedToken = (email: string) => mailedTokenOf(here, email);

  async function aSignedInUser() {
    const [client, email] = [aClient(), anEmail()];
    await client.post('register', { email, password: PASSWORD });
    await client.post('email/verify', { token: await mailedToken(email) });
    const response = await client.post('login', { email, password: PASSWORD });
    return {
      ...client,
      email,
      response,
      tokens: response.json().data as Record<'accessToken' | 'refreshToken' | 'sessionId', string>,
    };
  }

  return { here, there, aClient, mailedToken, aSignedInUser, stop: () => Promise.all([here.close(), there.close()]) };
}

type Api = Awaited<ReturnType<typeof createApp>>;

async function aProcess(): Promise<Api> {
  const { DATABASE_URL, REDIS_URL } = process.env;
  const app = await createApp(loadEnv(aValidEnv({ DATABASE_URL, REDIS_URL, REDIS_TIMEOUT: '2000' })));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

/** The token of the mail that went to this address. */
async function mailedTokenOf(app: Api, email: string): Promise<string> {
  const { registration, job } = app.get(Database).client;
  const { id } = await registration.findFirstOrThrow({ where: { email } });
  const jobs = await job.findMany({ where: { name: 'users.send-verification-email' } });
  expect(jobs.map(({ payload }) => payload)).toContainEqual({ registrationId: id });
  return app.get<EmailTokens, OpaqueEmailTokens>(EmailTokens, { strict: false }).issue(id);
}

function clientOf(app: Api) {
  const remoteAddress = anAddress();
  return {
    post: (path: string, payload?: object, headers = {}) =>
      app.inject({ method: 'POST', url: `/v1/auth/${path}`, ...(payload && { payload }), headers, remoteAddress }),
    me: (accessToken: string, process = app) =>
      process.inject({ url: '/v1/me', headers: { authorization: `Bearer ${accessToken}` }, remoteAddress }),
  };
}
