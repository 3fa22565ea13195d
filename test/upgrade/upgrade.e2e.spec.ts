import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mailbox, startMailbox } from '#platform/testing/servers/mailbox.js';
import { ApiClient } from '#platform/testing/system/api-client.js';
import { systemEnvironment } from '#platform/testing/system/environment.js';
import { fromElsewhere, type Person, signUp } from '#platform/testing/system/people.js';
import { type Environment, type Program, start } from '#platform/testing/system/program.js';
import { RUN_ENVIRONMENT } from '#platform/testing/system/run-environment.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OWN_BUNDLE = join(ROOT, 'dist/test/bundle');
/** Of the last release, which npm run test:upgrade builds; in npm test this build stands in for it. */
const { RELEASED_CHECKOUT: released } = process.env;
const RELEASED_BUNDLE = released === undefined ? OWN_BUNDLE : join(released, 'dist/bundle');

const name = `upgraded_${randomUUID()}`;
const url = Object.assign(new URL(process.env.DATABASE_URL ?? ''), { pathname: `/${name}` }).href;

const migrate = (bundle: string) =>
  promisify(execFile)(process.execPath, [join(bundle, 'migrate.js')], {
    cwd: ROOT,
    env: { ...RUN_ENVIRONMENT, DATABASE_URL: url },
  });

/** Signs in and reads, again and again, until it is told to stop. @returns how often, and what was answered other than 200 */
async function useUntil(client: ApiClient, { email, password }: Person, stop: AbortSignal) {
  const failures: unknown[] = [];
  let rounds = 0;
  for (; !stop.aborted; rounds++) {
    const signedIn = await client.post('/v1/auth/login', { email, password }, fromElsewhere());
    const me = await client.get('/v1/me', { token: signedIn.body?.data?.accessToken });
    failures.push(...[signedIn, me].filter(({ status }) => status !== 200).map(({ body }) => body));
  }
  return { rounds, failures };
}

describe('while the last release serves', () => {
  let mailbox: Mailbox;
  let env: Environment;
  let old: Program[];
  let person: Person;
  beforeAll(async () => {
    await migrate(RELEASED_BUNDLE);
    mailbox = await startMailbox();
    env = systemEnvironment({ DATABASE_URL: url, SMTP_URL: mailbox.smtpUrl });
    const api = await start('api', env, RELEASED_BUNDLE);
    old = [api, await start('worker', { ...env, PUBLIC_URL: api.url }, RELEASED_BUNDLE)];
    person = await signUp({ client: new ApiClient(api.url), mailbox });
  });
  afterAll(async () => {
    await Promise.all((old ?? []).map((program) => program.stop()));
    await mailbox?.stop();
    const server = new pg.Client(process.env.DATABASE_URL);
    await server.connect();
    await server.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await server.end();
  });

  it('the migrations of this one disturb nobody, and both serve then', async () => {
    const client = new ApiClient(String(old[0]?.url));
    const stop = new AbortController();
    const use = useUntil(client, person, stop.signal);

    await migrate(OWN_BUNDLE);
    const next = await start('api', env);
    const { email, password } = person;
    const signedIn = await new ApiClient(next.url).post('/v1/auth/login', { email, password }, fromElsewhere());
    const registered = await signUp({ client, mailbox });
    stop.abort();
    await next.stop();

    expect(await use).toEqual({ rounds: expect.toSatisfy((rounds: number) => rounds > 3), failures: [] });
    expect(signedIn.status).toBe(200);
    expect(registered.token).toEqual(expect.any(String));
  });
});
