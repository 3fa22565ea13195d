// The load of the sign-in measurement, a process of its own: as many signIns as are answered, and beside them a steady trickle of reads.

import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

export type SignInLoad = Readonly<{
  port: number;
  emails: readonly string[];
  password: string;
  authorization: string;
  signIns: number;
  isReading: boolean;
  seconds: number;
}>;
/** Milliseconds of each read of `GET /v1/me`; all signIns that were begun, and how long it took until the last was answered with tokens. */
export type SignInResult = Readonly<{ signIns: number; seconds: number; reads: readonly number[] }>;

const READ_EVERY_MILLISECONDS = 10;
const agent = new Agent({ keepAlive: true });

process.on('message', (load: SignInLoad) => {
  void run(load).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit());

async function run(load: SignInLoad): Promise<SignInResult> {
  const startedAt = performance.now();
  const isOver = () => performance.now() - startedAt >= load.seconds * 1_000;
  let signIns = 0;
  const signInAgainAndAgain = async (_: unknown, turn: number) => {
    for (let next = turn; !isOver(); next += load.signIns) {
      await signIn(load, load.emails[next % load.emails.length] ?? '');
      signIns += 1;
    }
  };
  const flood = Promise.all(Array.from({ length: load.signIns }, signInAgainAndAgain)).then(
    () => (performance.now() - startedAt) / 1_000,
  );
  const reads: Promise<number>[] = [];
  while (load.isReading && !isOver()) {
    reads.push(read(load));
    await delay(READ_EVERY_MILLISECONDS);
  }
  const seconds = await flood;
  return { signIns, seconds, reads: await Promise.all(reads) };
}

async function signIn({ port, password }: SignInLoad, email: string): Promise<void> {
  // Everybody comes from elsewhere: attempts from one address are limited.
  const [a, b, c] = randomBytes(3);
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': `10.${a}.${b}.${c}` };
  await ask({ port, method: 'POST', path: '/v1/auth/login', headers }, JSON.stringify({ email, password }));
}

async function read({ port, authorization }: SignInLoad): Promise<number> {
  const startedAt = performance.now();
  await ask({ port, path: '/v1/me', headers: { authorization } });
  return performance.now() - startedAt;
}

function ask(
  options: Readonly<{ port: number; method?: string; path: string; headers: Record<string, string> }>,
  body?: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', agent, ...options }, (response) => {
      response.resume().once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${options.path} answers ${response.statusCode}`));
      });
    });
    sent.once('error', reject).end(body);
  });
}
