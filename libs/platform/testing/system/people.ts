import { randomInt, randomUUID } from 'node:crypto';
import type { Mailbox } from '../servers/mailbox.js';
import type { Answer, ApiClient } from './api-client.js';

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
  const home = fromElsewhere();
  expectStatus(202, await client.post('/v1/auth/register', stranger, home));

  const { text } = await mailbox.mailTo(stranger.email);
  expectStatus(204, await client.post('/v1/auth/email/verify', { token: tokenIn(text) }, home));

  const signedIn = expectStatus(200, await client.post('/v1/auth/login', stranger, home));
  return { ...stranger, token: (signedIn.body as { data: { accessToken: string } }).data.accessToken };
}

/** The token of the link in a mail. */
export function tokenIn(text: string): string {
  const token = /[?&#]token=([\w.~-]+)/.exec(text)?.[1];
  if (!token) throw new Error(`No link with a token in the mail:\n${text}`);
  return token;
}

function expectStatus(status: number, answer: Answer): Answer {
  if (answer.status !== status)
    throw new Error(`Expected ${status}, got ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
}
