import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterAll, describe, expect, it } from 'vitest';
import { cuttableProxy } from '#platform/testing/servers/cuttable-proxy.js';
import { patience } from '#platform/testing/waiting/patience.js';
import { loadEnv } from '../config/load-env.js';
import { aValidEnv } from '../testing/env.factory.js';
import type { Mail } from './mailer.js';
import { SmtpMailer } from './smtp-mailer.js';

const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

type Options = Readonly<{
  timeout?: number;
  limits?: Record<string, string>;
  through?: (url: string) => Promise<string>;
}>;

/** A mail server that keeps what it is sent. */
async function setup({ timeout = 20_000, limits = {}, through = async (url) => url }: Options = {}) {
  const received: Email[] = [];
  const connections = { open: 0, most: 0 };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onConnect: (_session, done) => {
      connections.most = Math.max(connections.most, ++connections.open);
      done();
    },
    onClose: () => void connections.open--,
    onRcptTo: ({ address }, _session, done) =>
      done(address.startsWith('unknown') ? new Error('No such mailbox here') : undefined),
    onData: (stream, _session, done) => {
      void buffer(stream)
        .then((raw) => PostalMime.parse(raw))
        .then((mail) => void received.push(mail))
        .then(() => done(), done);
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));

  const { port } = server.server.address() as AddressInfo;
  return { mailer: aMailer(await through(`smtp://127.0.0.1:${port}`), timeout, limits), received, connections };
}

function aMailer(SMTP_URL: string, timeout: number, limits: Record<string, string> = {}): SmtpMailer {
  const settings = {
    SMTP_URL,
    SMTP_TIMEOUT: String(timeout),
    MAIL_FROM: 'Shop <shop@example.test>',
    PUBLIC_URL: 'https://api.example.test',
    ...limits,
  };
  const mailer = new SmtpMailer(loadEnv(aValidEnv(settings)));
  closing.push(() => mailer.onApplicationShutdown());
  return mailer;
}

/** A server that does this with every client. */
async function aServer(greet: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    greet(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const aMail = (overrides: Partial<Mail> = {}): Mail => ({
  to: 'ada@example.test',
  subject: 'Grüße',
  text: 'plain – text',
  html: '<p>rich</p>',
  messageId: 'job-1',
  ...overrides,
});

describe('SmtpMailer', () => {
  it('sends both bodies, from the configured sender, under an id that the caller fixes', async () => {
    const { mailer, received } = await setup();

    await mailer.send(aMail());
    await mailer.send(aMail());

    expect(received).toHaveLength(2);
    expect(received[0]).toMatchObject({
      from: { name: 'Shop', address: 'shop@example.test' },
      to: [{ address: 'ada@example.test' }],
      subject: 'Grüße',
      messageId: '<job-1@api.example.test>',
      text: 'plain – text\n',
      html: '<p>rich</p>\n',
    });
    expect(received[1]?.messageId).toBe(received[0]?.messageId);
  });

  it('takes an address as one address, whatever is in it', async () => {
    const { mailer, received } = await setup();

    await mailer.send(aMail({ to: 'a@example.test, b@example.test' })).catch(() => undefined);
    await mailer.send(aMail({ to: 'c@example.test', subject: 'x\r\nBcc: d@example.test' }));

    expect(received.flatMap(({ to }) => to ?? []).map(({ address }) => address)).not.toContain('b@example.test');
    expect(received.flatMap(({ bcc }) => bcc ?? [])).toEqual([]);
  });

  it('offers to unsubscribe with one click where there is a way, and only there', async () => {
    const { mailer, received } = await setup();

    await mailer.send(
      aMail({ unsubscribeUrl: 'https://api.example.test/unsubscribe?token=a>\r\nBcc: d@example.test' }),
    );
    await mailer.send(aMail());

    const headersOf = (mail?: Email) =>
      mail?.headers.filter(({ key }) => key.startsWith('list-')).map(({ key, value }) => [key, value]);
    expect(headersOf(received[0])).toEqual([
      ['list-unsubscribe', '<https://api.example.test/unsubscribe?token=a%3EBcc:%20d@example.test>'],
      ['list-unsubscribe-post', 'List-Unsubscribe=One-Click'],
    ]);
    expect(headersOf(received[1])).toEqual([]);
  });

  it('keeps no more connections than it may', async () => {
    const { mailer, received, connections } = await setup({ limits: { SMTP_CONNECTIONS: '2' } });

    await Promise.all(Array.from({ length: 8 }, (_, at) => mailer.send(aMail({ messageId: `job-${at}` }))));

    expect(received).toHaveLength(8);
    expect(connections.most).toBe(2);
  });

  it('hands over no more mails in a second than it may, but for one of each connection', async () => {
    const { mailer, received } = await setup({ limits: { SMTP_RATE: '2', SMTP_CONNECTIONS: '1' } });
    const startedAt = performance.now();

    await Promise.all(Array.from({ length: 3 }, (_, at) => mailer.send(aMail({ messageId: `job-${at}` }))));

    expect(received).toHaveLength(3);
    expect(performance.now() - startedAt).toBeGreaterThan(900);
  });

  it('fails when the mailbox is refused, so that the job is tried again', async () => {
    const { mailer } = await setup();

    await expect(mailer.send(aMail({ to: 'unknown@example.test' }))).rejects.toThrow(/recipient/i);
  });

  it('finds another way when the connection it keeps leads nowhere', async () => {
    let strand = (): void => undefined;
    const through = async (url: string) => {
      const proxy = await cuttableProxy(url);
      closing.push(() => proxy.close());
      strand = proxy.strand;
      return proxy.url;
    };
    const { mailer, received } = await setup({ timeout: 2_000, through });
    await mailer.send(aMail());

    strand();
    await mailer.send(aMail({ messageId: 'job-2' }));

    expect(received.map(({ messageId }) => messageId)).toEqual([
      '<job-1@api.example.test>',
      '<job-2@api.example.test>',
    ]);
  });

  it.each<[string, (socket: Socket) => void]>([
    ['says nothing', () => undefined],
    ['says one byte now and then', (socket) => void setInterval(() => socket.write('2'), 50).unref()],
    ['greets and says nothing more', (socket) => void socket.write('220 hello\r\n')],
    [
      'never comes to the end of an answer',
      (socket) => {
        socket.write('220 hello\r\n');
        setInterval(() => socket.write('250-more\r\n'), 50).unref();
      },
    ],
  ])('gives a server up that %s', async (_what, greet) => {
    const mailer = aMailer(await aServer(greet), 800);
    const startedAt = performance.now();

    await expect(mailer.send(aMail())).rejects.toThrow();

    expect(performance.now() - startedAt).toBeLessThan(patience(1_500));
  });
});
