import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import type { Env } from '../../config/env.js';
import { postgresAddress } from '../../config/values/connection-strings.js';
import { sessionOptions } from '../pool/connection.js';
import { forWholeSession, limitsOf } from '../pooler/limits.js';

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 5_000;
const FAREWELL_MS = 500;
/** A connection that a firewall has dropped says nothing, just like one on which nothing happens. */
const ASK_EVERY_MS = 2_000;

export type Listening = Readonly<{ stop: () => Promise<void> }>;

/**
 * Calls `wake` for every NOTIFY on `channel`, over a connection of its own, and after each (re)connection,
 * because what was announced in between is lost. Only a hint: listeners also look by themselves now and then.
 */
export function listen(env: Env, channel: string, wake: () => void): Listening {
  const options = sessionOptions(env, `${env.OTEL_SERVICE_NAME}:listen`);
  if (options === null) return notListening();

  const stopping = new AbortController();
  const limits = forWholeSession(limitsOf(env, postgresAddress(env.DATABASE_URL)));
  const stopped = keepListening(
    { options, limits, timeoutMs: env.DATABASE_CONNECT_TIMEOUT },
    channel,
    wake,
    stopping.signal,
  );

  return {
    stop: () => {
      stopping.abort();
      return stopped;
    },
  };
}

/** `limits` sets them, and the schema. */
type Target = Readonly<{ options: pg.ClientConfig; limits: ReturnType<typeof forWholeSession>; timeoutMs: number }>;

/** Behind a pooler that lends another connection to each transaction nobody hears: looking now and then has to do. */
function notListening(): Listening {
  new Logger('Database').log(
    'DATABASE_POOLER=transaction without DATABASE_DIRECT_URL: nothing is heard of at once, and looked for instead.',
  );
  return { stop: async () => undefined };
}

async function keepListening(target: Target, channel: string, wake: () => void, signal: AbortSignal): Promise<void> {
  let failures = 0;
  const onWake = () => {
    failures = 0;
    wake();
  };
  while (!signal.aborted) {
    await session(target, channel, onWake, signal);
    const delay = Math.min(FIRST_DELAY_MS * 2 ** failures++, LONGEST_DELAY_MS);
    await sleep(delay * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
  }
}

/** One connection, from its start to its end. Silent about failures: the pool meets and reports the same outage. */
async function session(
  { options, limits, timeoutMs }: Target,
  channel: string,
  wake: () => void,
  signal: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  const client = new pg.Client(options);
  const ended = new Promise<void>((resolve) => {
    client.once('end', resolve);
    client.once('error', () => resolve());
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  // A second error, after the one that ended the session, must not end the process.
  client.on('error', () => undefined);
  client.on('notification', wake);
  try {
    await client.connect();
    await client.query(limits);
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    wake();
    await Promise.race([ended, silence(client, timeoutMs, over.signal)]);
  } catch {
    // Tried again after a pause.
  }
  over.abort();
  await Promise.race([client.end().catch(() => undefined), sleep(FAREWELL_MS, undefined, { ref: false })]);
}

/** Resolves when the server answers no more within so many milliseconds, or nobody wants to know any more. */
async function silence(client: pg.Client, timeoutMs: number, signal: AbortSignal): Promise<void> {
  const question = { text: 'SELECT', query_timeout: timeoutMs };
  try {
    for (;;) {
      await sleep(ASK_EVERY_MS, undefined, { signal });
      await client.query(question);
    }
  } catch {
    // That is the end of it.
  }
}
