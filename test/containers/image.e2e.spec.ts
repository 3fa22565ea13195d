import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mailbox, startMailbox } from '#platform/testing/servers/mailbox.js';
import { programServers, workerServers } from '#platform/testing/servers/worker-servers.js';
import { ApiClient } from '#platform/testing/system/api-client.js';
import { signUp } from '#platform/testing/system/people.js';
import { eventually } from '#platform/testing/waiting/eventually.js';
import { featureTours } from '../../tools/local/summary.ts';
import { freePort } from '../../tools/servers/ports.ts';
import { Image } from './containers.ts';
import { engine, engineOutput, reasonToSkip } from './engine.ts';

const reason = reasonToSkip();
if (reason) console.warn(`The image is not tried: ${reason}.`);

const A_WHILE_MS = 900_000;
const MEGABYTE = 2 ** 20;
type Healthcheck = Readonly<{ Test: readonly string[] }>;
type About = Readonly<{ Size: number; Config: { User: string; Healthcheck?: Healthcheck }; Healthcheck?: Healthcheck }>;

/** Of a line that Docker's --env-file would read. */
const valueIn = (file: string, name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(file)?.[1];
const node = (code: string) => ['node', '--input-type=module', '--eval', code];

describe.skipIf(reason !== undefined)('the image', () => {
  const image = new Image();
  const database = `image_${randomUUID()}`;
  const server = new pg.Pool({ connectionString: process.env.DATABASE_URL });
  let mailbox: Mailbox;
  beforeAll(async () => {
    mailbox = await startMailbox();
    await image.build();
  }, A_WHILE_MS);
  afterAll(async () => {
    await image.remove();
    await mailbox.stop();
    await server.query(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`);
    await server.end();
  });

  const onDatabase = (url = '') => Object.assign(new URL(url), { pathname: `/${database}` }).href;
  /** For the migrations alone, whose owner may make tables. */
  const owner = () => image.mount({ DATABASE_DIRECT_URL: onDatabase(workerServers().DATABASE_URL) });

  /** All that is secret in files, on a database that does not exist yet, as somebody who may not make tables. */
  async function environment(): Promise<Record<string, string>> {
    const { DATABASE_URL, REDIS_URL = '' } = programServers();
    const { stdout: setup } = await image.run({ command: ['node', 'dist/bundle/setup.js'] });
    const [APP_SECRET = '', AUTH_SIGNING_KEYS = ''] = ['APP_SECRET', 'AUTH_SIGNING_KEYS'].map((name) =>
      valueIn(setup, name),
    );
    const [api, worker] = [await freePort(), await freePort()];
    return {
      ...image.mount({ DATABASE_URL: onDatabase(DATABASE_URL), REDIS_URL, SMTP_URL: mailbox.smtpUrl }),
      ...image.mount({ APP_SECRET, AUTH_SIGNING_KEYS }),
      ...{ API_PORT: String(api), WORKER_PORT: String(worker), HOST: '127.0.0.1' },
      ...{ PUBLIC_URL: `http://127.0.0.1:${api}`, MAIL_FROM: 'Service <service@example.test>', NODE_ENV: 'production' },
      ...{ SHUTDOWN_DRAIN: '0', TRUSTED_PROXIES: '127.0.0.1' },
    };
  }

  it('holds Node and what serves, runs as nobody in particular, and is looked after', async () => {
    const [about] = JSON.parse(await engineOutput('inspect', image.name)) as [About];
    // Docker and Podman do not agree where it stands.
    const { Test: healthcheck } = about.Config.Healthcheck ?? about.Healthcheck ?? {};
    const [base] = JSON.parse(await engineOutput('inspect', 'node:24-slim')) as [{ Size: number }];
    const look =
      "import { existsSync } from 'node:fs'; console.log(['/usr/local/lib/node_modules', 'node_modules', 'tools'].filter(existsSync).join())";

    expect(about.Config.User).toBe('1000:1000');
    expect(healthcheck).toContain('dist/bundle/healthcheck.js');
    expect((about.Size - base.Size) / MEGABYTE).toBeLessThan(80);
    expect(await image.run({ command: node(look) })).toMatchObject({ code: 0, stdout: '\n' });
  });

  it('says what it lacks, and makes the secrets of a new system', async () => {
    const api = await image.run();
    const setup = await image.run({ command: ['node', 'dist/bundle/setup.js'] });

    expect(api).toMatchObject({ code: 1, stderr: expect.stringMatching(/DATABASE_URL: is required[^]*APP_SECRET/) });
    expect(setup).toMatchObject({ code: 0, stdout: expect.stringMatching(/^APP_SECRET=\S{60,}$/m) });
  });

  it('stops when it is told so in its first moments', async () => {
    const name = await image.start({ env: await environment() });

    const before = Date.now();
    await engineOutput('stop', '--time', '20', name);

    expect(Date.now() - before).toBeLessThan(10_000);
  });

  it('migrates, serves, works and stops, all of it on a file system that it cannot write', async ({ onTestFailed }) => {
    onTestFailed(async () => console.error(await image.logs()));
    const env = await environment();
    const { PUBLIC_URL: url = '' } = env;
    const api = await image.start({ env });
    const startup = () => fetch(`${url}/health/startup`).then(({ status }) => status);
    await eventually(async () => expect(await startup()).toBe(503));

    const migration = await image.run({ command: ['node', 'dist/bundle/migrate.js'], env: { ...env, ...owner() } });
    const worker = await image.start({ command: ['node', '--max-semi-space-size=8', 'dist/bundle/worker.js'], env });
    await eventually(async () => expect(await startup()).toBe(200));
    const person = await signUp({ client: new ApiClient(url), mailbox });
    const administrator = await image.run({
      command: ['node', 'dist/bundle/admin.js', `--email=${person.email}`],
      env,
    });

    expect(migration).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Applied:/) });
    expect(administrator).toMatchObject({ code: 0, stdout: expect.stringContaining('is an administrator') });
    for (const { curlLines } of (await featureTours()).filter(({ isLocal }) => !isLocal)) {
      const lines = [`TOKEN=${person.token}`, ...curlLines(url)].join('\n');
      expect((await promisify(execFile)('sh', ['-c', lines], { timeout: 60_000 })).stdout).not.toBe('');
    }
    for (const name of [api, worker]) {
      expect(await engine('exec', name, 'node', 'dist/bundle/healthcheck.js')).toMatchObject({ code: 0 });
      await engineOutput('stop', '--time', '30', name);
      expect(await engineOutput('inspect', '--format', '{{.State.ExitCode}}', name)).toBe('0');
    }
  });
});
