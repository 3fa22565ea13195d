import { Socket } from 'node:net';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { loadEnv } from '../../config/load-env.js';
import { aValidEnv } from '../../testing/env.factory.js';
import { connectionOptions } from '../pool/connection.js';
import { NamedStatement } from './named-statement.js';
import { sendBatch } from './statement-batch.js';

const clients: pg.Client[] = [];
afterAll(() => Promise.all(clients.map((client) => client.end())));

/** Notes what leaves in one piece, as the types of its messages (PostgreSQL, "Message Formats"). */
class RecordingSocket extends Socket {
  readonly sent: string[] = [];

  override _write(chunk: Buffer, encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    this.sent.push(typesIn(chunk));
    super._write(chunk, encoding, callback);
  }

  override _writev(chunks: { chunk: Buffer; encoding: BufferEncoding }[], callback: (error?: Error | null) => void) {
    this.sent.push(chunks.map(({ chunk }) => typesIn(chunk)).join(''));
    super._writev?.(chunks, callback);
  }
}

function typesIn(messages: Buffer): string {
  let types = '';
  for (let at = 0; at < messages.length; at += 1 + messages.readInt32BE(at + 1))
    types += String.fromCharCode(messages[at]!);
  return types;
}

async function setup() {
  const env = loadEnv(aValidEnv({ DATABASE_URL: process.env.DATABASE_URL }));
  const socket = new RecordingSocket();
  const client = new pg.Client({ ...connectionOptions(env, 'pg-internals.int.spec'), stream: () => socket });
  await client.connect();
  clients.push(client);
  socket.sent.length = 0;

  /** Runs all of them in one batch. */
  const run = (...texts: string[]) => {
    const ends = texts.map(() => Promise.withResolvers<unknown[]>());
    const statements: NamedStatement[] = texts.map(
      (text, index) =>
        new NamedStatement({ name: text, text }, [], (error) =>
          error ? ends[index]!.reject(error) : ends[index]!.resolve(statements[index]!.rows),
        ),
    );
    sendBatch(client, statements);
    return Promise.all(ends.map(({ promise }) => promise));
  };
  return { client, socket, run };
}

/** What this folder takes for granted and pg does not promise. When a new version of pg breaks it, DATABASE_WIRE=plain is the way out. */
describe('the inner parts of pg', () => {
  it('send a batch in one piece: close, parse, bind, describe and execute the first time, bind and execute from then on', async () => {
    const { socket, run } = await setup();

    await run('SELECT 1 AS one', 'SELECT 2 AS two');
    await run('SELECT 1 AS one', 'SELECT 2 AS two');

    expect(socket.sent).toEqual(['CPBDECPBDES', 'BEBES']);
  });

  it('give each statement of a batch its rows, in order', async () => {
    const { run } = await setup();

    expect(await run('SELECT 1 AS one', 'SELECT 2 AS two')).toEqual([[{ one: 1 }], [{ two: 2 }]]);
  });

  it('know whether a transaction is open', async () => {
    const { client, run } = await setup();
    // A failure is reported before the message that says what became of the transaction.
    const becomes = (status: string) => eventually(() => expect(client.getTransactionStatus()).toBe(status));

    await run('BEGIN');
    await becomes('T');
    await run('SELECT 1 / 0').catch(() => undefined);
    await becomes('E');
    await run('ROLLBACK');
    await becomes('I');
  });

  it('end a batch that nobody answers after query_timeout', async () => {
    const env = loadEnv(aValidEnv({ DATABASE_URL: process.env.DATABASE_URL }));
    const client = new pg.Client({ ...connectionOptions(env, 'pg-internals.int.spec'), query_timeout: 50 });
    await client.connect();
    const text = 'SELECT pg_sleep(2)';

    const asked = new Promise((resolve, reject) =>
      sendBatch(client, [
        new NamedStatement({ name: text, text }, [], (error) => (error ? reject(error) : resolve(0))),
      ]),
    );

    await expect(asked).rejects.toThrow('Query read timeout');
    await client.end();
  });

  it('queue a batch behind what is under way', async () => {
    const { client, run } = await setup();

    const [slow, [rows]] = await Promise.all([
      client.query('SELECT 1 AS slow FROM pg_sleep(0.05)'),
      run('SELECT 2 AS two'),
    ]);

    expect([slow.rows, rows]).toEqual([[{ slow: 1 }], [{ two: 2 }]]);
  });
});
