import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '#apps/api/src/app.js';
import { CsrfProtection } from '#platform/auth/requests/csrf-protection.js';
import { loadEnv } from '#platform/config/load-env.js';
import { Database } from '#platform/database/database.js';
import { UserSessions } from '#platform/kernel/access/user-sessions.js';
import { newId } from '#platform/kernel/values/ids.js';
import { aValidEnv } from '#platform/testing/env.factory.js';

type Visitor = Readonly<Record<string, string>>;
type Visit = Readonly<{ path: string; method?: string; headers?: Visitor; body?: string }>;
type Seen = Readonly<{ status: number; headers: Record<string, unknown>; body: string }>;

/** The API as it ships, listening, and people who come to it with a browser or a program. */
export async function dashboardVisitors() {
  const { DATABASE_URL, REDIS_URL } = process.env;
  const limits = { RATE_LIMIT_REQUESTS: '1000000', RATE_LIMITS: 'unauthenticated=1000000/60' };
  const app = await createApp(loadEnv(aValidEnv({ DATABASE_URL, REDIS_URL, ...limits })));
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;

  return {
    app,
    visit: (visit: Visit) => send(port, visit),
    close: () => app.close(),
    ...(await peopleOf(app)),
  };
}

/** As it is written: what tidies addresses would hide the difference. */
function send(port: number, { path, method = 'GET', headers = {}, body = '' }: Visit): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() }),
      );
      answer.on('error', reject);
    });
    sent.on('error', reject).end(body);
  });
}

async function peopleOf(app: NestFastifyApplication) {
  const readers = `queue-readers-${newId()}`;
  const permissions = ['queues:read', 'schedules:read'];
  await app.get(Database).client.role.create({ data: { name: readers, permissions } });

  const [user, reader, admin] = [
    await aSession(app, 'user'),
    await aSession(app, readers),
    await aSession(app, 'admin'),
  ];
  const browserOf = ({ accessToken }: Session): Visitor => ({
    cookie: `__Host-session=${accessToken}`,
    accept: 'text/html',
  });
  const created = await app.inject({
    method: 'POST',
    url: '/v1/api-keys',
    headers: { authorization: `Bearer ${admin.accessToken}` },
    payload: { name: 'tests', permissions: ['users:read'] },
  });
  const key = created.json<{ data: { key: string } }>().data.key;

  return {
    /** They may see nothing of the dashboard. */
    outsiders: {
      'nobody, with a browser': { accept: 'text/html' },
      'nobody, with a program': { accept: 'application/json' },
      'a browser whose session has ended': browserOf(await anEndedSession(app)),
      'a browser with a cookie that somebody made up': { cookie: '__Host-session=eyJ.e.e', accept: 'text/html' },
      'a signed-in user without the permission': browserOf(user),
      'a program of theirs': { authorization: `Bearer ${user.accessToken}` },
      'an API key of an administrator that was not given the permission': { authorization: `Bearer ${key}` },
    } satisfies Record<string, Visitor>,
    reader: browserOf(reader),
    admin: browserOf(admin),
    /** What a page of theirs adds to what it sends. */
    pageOf: (who: 'reader' | 'admin'): Visitor => ({
      'x-csrf-token': app.get(CsrfProtection).tokenFor({ reader, admin }[who].sessionId),
      origin: 'http://localhost:3000',
    }),
  };
}

type Session = Readonly<{ accessToken: string; sessionId: string; userId: string }>;

async function aSession(app: NestFastifyApplication, roleName: string): Promise<Session> {
  const [userId, now] = [newId(), new Date()];
  const { client } = app.get(Database);
  await client.user.create({
    data: { id: userId, email: `${userId}@example.test`, emailVerifiedAt: now, createdAt: now, updatedAt: now },
  });
  await client.userRole.create({ data: { userId, roleName } });
  return { ...(await app.get(UserSessions).begin(userId, { userAgent: null, ipAddress: null })), userId };
}

async function anEndedSession(app: NestFastifyApplication): Promise<Session> {
  const session = await aSession(app, 'admin');
  await app.get(UserSessions).endOwn(session.userId, session.sessionId);
  return session;
}
