import { randomInt, randomUUID } from 'node:crypto';
import { orThrow } from '#client/index.js';
import type { Mailbox } from '../servers/mailbox.js';
import type { ApiClient } from './api-client.js';

export type Person = Readonly<{ email: string; password: string; token: string }>;

export const aStranger = () => ({ email: `${randomUUID()}@example.test`, password: `correct horse ${randomUUID()}` });

/** From a network nobody else in the tests is on. */
export const fromElsewhere = () => ({
  headers: { 'x-forwarded-for': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}` },
});

/** Registers somebody, follows the link in the mail and signs in: all through the front door. */
export async function signUp(
  { client, mailbox }: { client: ApiClient; mailbox: Mailbox },
  stranger = aStranger(),
): Promise<Person> {
  const [api, home] = [client.as(), fromElsewhere()];
  await orThrow(api.POST('/v1/auth/register', { body: stranger, ...home }));

  const { text } = await mailbox.mailTo(stranger.email);
  await orThrow(api.POST('/v1/auth/email/verify', { body: { token: tokenIn(text) }, ...home }));

  const { data } = await orThrow(api.POST('/v1/auth/login', { body: stranger, ...home }));
  return { ...stranger, token: data.accessToken };
}

/** The token of the link in a mail. */
export function tokenIn(text: string): string {
  const token = /[?&#]token=([\w.~-]+)/.exec(text)?.[1];
  if (!token) throw new Error(`No link with a token in the mail:\n${text}`);
  return token;
}
