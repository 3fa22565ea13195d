import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '#platform/database/database.js';
import { JobQueue } from '#platform/jobs/queue/job-queue.js';
import { newId } from '#platform/kernel/values/ids.js';
import { REDIS } from '#platform/redis/redis.js';
import { dashboardVisitors } from './testing/visitors.js';

let dashboard: Awaited<ReturnType<typeof dashboardVisitors>>;
const [job, letter, schedule] = [newId(), newId(), `tests.${newId()}`];

beforeAll(async () => {
  dashboard = await dashboardVisitors();
  const { client } = dashboard.app.get(Database);
  const [name, now] = ['tests.dashboard', new Date()];
  await new JobQueue(dashboard.app.get<Redis>(REDIS)).publish([{ id: job, name, traceparent: null }]);
  await client.deadLetter.create({ data: { id: letter, name, payload: {}, attempts: 8, error: 'no', createdAt: now } });
  const times = { nextAt: now, declaredAt: now };
  await client.schedule.create({ data: { name: schedule, expression: 'every 60 s', missed: 'skip', ...times } });
});
afterAll(async () => {
  const { client } = dashboard.app.get(Database);
  await client.schedule.deleteMany({ where: { name: schedule } });
  await new JobQueue(dashboard.app.get<Redis>(REDIS)).bullmq.remove(job);
  await dashboard.close();
});

const PAGES = [
  '/admin/queues',
  '/admin/queues/queue/jobs',
  `/admin/queues/queue/jobs/${newId()}`,
  '/admin/queues/job-schedulers',
  '/admin/queues/dead-letters',
  '/admin/queues/schedules',
];
const ANSWERS = [
  '/admin/queues/api/queues',
  '/admin/queues/api/queues?activeQueue=jobs',
  '/admin/queues/api/redis/stats',
];
const FILES = ['/admin/queues/static/images/logo.svg', '/admin/queues/static/locales/en-US/messages.json'];

/** Ways to write an address so that one part of a service reads it as another than the next. */
const VARIANTS = [
  '/admin/queues/',
  '//admin/queues',
  '/admin//queues',
  '/admin/queues//',
  '/./admin/queues',
  '/admin/%71ueues',
  '/%61dmin/queues',
  '/%2561dmin/queues',
  '/Admin/Queues',
  '/ADMIN/QUEUES',
  '/admin/queues?',
  '/admin/queues?returnTo=/sign-in',
  '/admin/queues#',
  '/admin/queues;',
  '/admin/queues;/api/queues',
  '/admin/queues/..;/queues/api/queues',
  '/sign-in/..;/admin/queues',
  '/sign-in/../admin/queues',
  '/sign-in/..%2fadmin/queues',
  '/sign-in/%2e%2e/admin/queues',
  '/health/live/../../admin/queues/api/queues',
  '/admin%2fqueues',
  '/admin%5cqueues',
  '/admin\\queues',
  '/admin/queues%2f',
  '/admin/queues%00',
  '/admin/queues%20',
  '/admin/queues.json',
  '/admin/queues/index.html',
  '/admin/queues/%61pi/queues',
  '/admin/queues/api/%71ueues',
  '/admin/queues//api/queues',
  '/admin/queues/api//queues',
  '/admin/queues/api/queues/',
  '/admin/queues/API/queues',
  '/admin/queues/api/../api/queues',
  '/admin/queues/api/%2e%2e/queues',
  '/admin/queues/api/queues%2fjobs',
  '/admin/queues/api/queues/jobs/meta',
  '/admin/queues/api/queues/pause',
  '/admin/queues/api/queues/jobs/obliterate',
  '/admin/queues/static/',
  '/admin/queues/static/../api/queues',
  '/admin/queues/static/%2e%2e/index.ejs',
  '/admin/queues/static/..%2findex.ejs',
  '/admin/queues/static/..%5cindex.ejs',
  '/admin/queues/static//etc/passwd',
  '/admin/queues/static/%2e%2e%2f%2e%2e%2f%2e%2e%2fpackage.json',
  '/admin/queues/dead-letters/',
  '/admin/queues/Dead-Letters',
  '/v1/admin/queues',
  '/v1/admin/queues/api/queues',
  '/v1/admin/dead-letters',
  '/v1/admin/schedules',
  'http://localhost/admin/queues',
  'http://localhost/sign-in/../admin/queues',
];
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];
const requests = [...PAGES, ...ANSWERS, ...FILES, ...VARIANTS].flatMap((path) =>
  METHODS.map((method) => ({ path, method })),
);

describe('the dashboard', () => {
  it('lets nobody in by any way to write its address, and by no method', async () => {
    const letIn: unknown[] = [];
    for (const [who, headers] of Object.entries(dashboard.outsiders)) {
      for (const { path, method } of requests) {
        const { status, body } = await dashboard.visit({ path, method, headers });
        // 303 leads to the sign-in page; OPTIONS tells methods alone.
        const isRefused = status === 303 || status >= 400 || (method === 'OPTIONS' && status === 204);
        if (!isRefused || status >= 500 || /__UI_CONFIG__|data-csrf-token|"queues":|<svg/.test(body)) {
          letIn.push([who, method, path, status]);
        }
      }
    }

    expect(letIn).toEqual([]);
  });

  it.each(PAGES)('leads a browser without a session from %s to the sign-in page and back', async (path) => {
    const { status, headers } = await dashboard.visit({ path, headers: { accept: 'text/html' } });

    expect([status, headers.location]).toEqual([303, `/sign-in?${new URLSearchParams({ returnTo: path })}`]);
  });

  it.each([...PAGES, ...ANSWERS, ...FILES])('shows a reader %s', async (path) => {
    const { status, body } = await dashboard.visit({ path, headers: dashboard.reader });

    expect([status, body.length > 0]).toEqual([200, true]);
  });

  it('shows jobs by id and name, and what they are about to nobody', async () => {
    const path = `/admin/queues/api/queues?activeQueue=jobs&status=waiting&page=1&jobsPerPage=100`;
    const answers = await Promise.all(
      ['waiting', 'prioritized', 'latest'].map((status) =>
        dashboard.visit({ path: path.replace('waiting', status), headers: dashboard.reader }),
      ),
    );

    const queues = answers.flatMap(({ body }) => (JSON.parse(body) as { queues: { jobs: object[] }[] }).queues);
    const [shown] = queues.flatMap(({ jobs }) => jobs as { id: string }[]).filter(({ id }) => id === job);
    expect(shown).toMatchObject({ id: job, name: 'tests.dashboard', data: { traceparent: null } });
    expect(queues).toEqual(queues.map(() => expect.objectContaining({ name: 'jobs', readOnlyMode: true })));
    expect(
      (await dashboard.visit({ path: `/admin/queues/api/queues/jobs/${job}`, headers: dashboard.reader })).status,
    ).toBe(200);
  });

  it.each([
    '..%2findex.ejs',
    '%2e%2e%2f%2e%2e%2fpackage.json',
    '..%2f..%2f..%2f..%2f..%2ftsconfig.json',
    '%2fetc%2fnothing.json',
    'js',
    'js/none.js',
    'images/logo.svg%00.js',
  ])('answers a reader 404 for what is none of its files: %s', async (name) => {
    const { status } = await dashboard.visit({ path: `/admin/queues/static/${name}`, headers: dashboard.reader });

    expect(status).toBe(404);
  });

  it('breaks for a reader at no way to write its address', async () => {
    const answers: unknown[] = [];
    for (const { path, method } of requests) {
      const { status } = await dashboard.visit({
        path,
        method,
        headers: { ...dashboard.reader, ...dashboard.pageOf('reader') },
      });
      const isWrite = !['GET', 'HEAD', 'OPTIONS'].includes(method);
      if (status >= 500 || (isWrite && status < 400)) answers.push([method, path, status]);
    }

    expect(answers).toEqual([]);
  });

  it('answers a name that is no job with 404', async () => {
    for (const name of ['meta', 'wait', 'id', '%2a', newId()]) {
      const { status } = await dashboard.visit({
        path: `/admin/queues/api/queues/jobs/${name}`,
        headers: dashboard.reader,
      });
      expect([name, status]).toEqual([name, 404]);
    }
  });
});

describe('an action', () => {
  const actions = [
    { method: 'POST', path: `/v1/admin/dead-letters/${letter}/replay` },
    { method: 'DELETE', path: `/v1/admin/dead-letters/${letter}` },
    { method: 'POST', path: `/v1/admin/schedules/${schedule}/run` },
    {
      method: 'PUT',
      path: `/v1/admin/schedules/${schedule}`,
      body: '{"paused":true}',
      headers: { 'content-type': 'application/json' },
    },
  ];

  it.each(actions)(
    'is refused to a reader, and to an administrator whose page did not ask: $method $path',
    async (action) => {
      const { reader, admin, pageOf } = dashboard;
      const foreign = { ...pageOf('admin'), origin: 'https://evil.test' };
      const callers = [
        { ...reader, ...pageOf('reader') },
        admin,
        { ...admin, ...foreign },
        { ...admin, ...pageOf('reader') },
      ];

      const answers = await Promise.all(
        callers.map((headers) => dashboard.visit({ ...action, headers: { ...action.headers, ...headers } })),
      );

      expect(answers.map(({ body }) => (JSON.parse(body) as { code: string }).code)).toEqual([
        'PERMISSION_DENIED',
        'ORIGIN_NOT_ALLOWED',
        'ORIGIN_NOT_ALLOWED',
        'CSRF_TOKEN_INVALID',
      ]);
      const { client } = dashboard.app.get(Database);
      expect(await client.deadLetter.count({ where: { id: letter } })).toBe(1);
      expect(await client.schedule.findUnique({ where: { name: schedule } })).toMatchObject({ isPaused: false });
      expect(await client.job.count({ where: { name: schedule } })).toBe(0);
    },
  );
});
