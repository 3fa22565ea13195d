import { Logger } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { newApiKey } from '../auth/api-keys/api-key-format.js';
import { OpaqueTokens } from '../auth/tokens/opaque-tokens.js';
import { newId } from '../kernel/values/ids.js';
import { RecordedLog } from '../testing/doubles/recorded-log.js';
import { withLogFields } from './log-context.js';
import { nestLogger } from './nest-logger.js';

const MARK = 'marked-7f3a';
const REFRESH_TOKEN = new OpaqueTokens(MARK, { purpose: 'refresh-tokens', letters: 'rt' }).issue(newId());
const API_KEY = newApiKey(newId());

describe('a secret', () => {
  it.each([
    'password',
    'currentPassword',
    'newPassword',
    'passwordHash',
    'password_hash',
    'authorization',
    'Authorization',
    'proxy-authorization',
    'cookie',
    'set-cookie',
    'token',
    'refreshToken',
    'refresh_token',
    'accessToken',
    'idToken',
    'csrfToken',
    'x-csrf-token',
    'secret',
    'APP_SECRET',
    'clientSecret',
    'apiKey',
    'x-api-key',
    'privateKey',
    'AUTH_SIGNING_KEYS',
    'codeVerifier',
    'email',
    'newEmail',
    'e-mail',
    'emailAddress',
  ])('called %s is not written, at any depth', (name) => {
    const { logger, ...log } = setup();

    logger.info({ [name]: MARK }, 'flat');
    logger.info({ request: { headers: [{ [name]: `${MARK} and more` }] } }, 'deep');
    logger.info({ [name]: { parts: [MARK] } }, 'structured');
    logger.child({ [name]: MARK }).info('bound to a child');
    logger.error(
      Object.assign(new Error('failed'), { [name]: MARK, cause: Object.assign(new Error('why'), { [name]: MARK }) }),
    );

    expect(log.text()).not.toContain(MARK);
    expect(log.text().split('\n')).toHaveLength(6);
  });

  it.each<[what: string, text: string, secret?: string]>([
    ['an e-mail address', `${MARK}@example.test`],
    ['an encoded e-mail address', `/users/${MARK}%40example.test`],
    ['a doubly encoded e-mail address', `/users/${MARK}%2540example.test`],
    ['a bearer token', `Bearer ${MARK}-${MARK}`],
    ['an API key', API_KEY, API_KEY],
    ['a refresh token', REFRESH_TOKEN, REFRESH_TOKEN],
    ['a JSON Web Token', `eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.${MARK}`],
    ['the password of a URL', `postgresql://app:${MARK}@db.internal:5432/app`],
    ['a token in a link', `https://example.test/verify?x=1&token=${MARK}`],
    ['a code in a link', `https://example.test/callback?code=${MARK}&state=${MARK}`],
  ])('such as %s is found inside any text', (_, text, secret = MARK) => {
    const { logger, ...log } = setup();

    logger.info(`message ${text}`);
    logger.info({ text, list: [text], deep: { text } }, 'field');
    logger.error(new Error(text), 'error');
    logger.error({ err: new Error('outer', { cause: new Error(text) }) });
    logger.info('formatted %s', text);

    expect(log.text()).not.toContain(secret);
    expect(log.lines()).toHaveLength(5);
  });

  it('that Postgres or Prisma repeat in an error is not written', () => {
    const { logger, ...log } = setup();
    const postgres = Object.assign(new Error(`invalid input syntax for type uuid: "${MARK}"`), {
      name: 'DatabaseError',
      severity: 'ERROR',
      code: '22P02',
      detail: `Key (name)=(${MARK}) exists`,
      where: MARK,
      parameters: [MARK],
      query: MARK,
    });
    const prisma = Object.assign(
      new Error(`\nInvalid \`client.user.create()\` invocation:\n{ name: "${MARK}" }\n\nUnique constraint failed`),
      {
        name: 'PrismaClientKnownRequestError',
        code: 'P2002',
        meta: { target: MARK },
      },
    );

    logger.error(postgres);
    logger.error({ err: prisma }, 'not saved');

    expect(log.text()).not.toContain(MARK);
    expect(log.lines()[0]).toMatchObject({
      err: { type: 'DatabaseError', code: '22P02', message: 'invalid input syntax for type uuid' },
    });
    expect(log.lines()[1]).toMatchObject({
      msg: 'not saved',
      err: { code: 'P2002', message: 'Unique constraint failed' },
    });
  });
});

describe('a line', () => {
  it('keeps what is no secret', () => {
    const { logger, ...log } = setup();

    logger.info(
      { userId: 'u1', count: 3, emailVerified: true, tokenLifetime: 600, at: new Date(0), nothing: null },
      'kept in node_modules/@scope/name',
    );

    expect(log.lines()).toEqual([
      {
        level: 'info',
        time: expect.any(Number),
        service: 'under-test',
        userId: 'u1',
        count: 3,
        emailVerified: true,
        tokenLifetime: 600,
        at: '1970-01-01T00:00:00.000Z',
        nothing: null,
        msg: 'kept in node_modules/@scope/name',
      },
    ]);
  });

  it('names every error of a chain with its stack', () => {
    const { logger, ...log } = setup();

    logger.error({ err: new TypeError('outer', { cause: new RangeError('inner') }) });

    expect(log.lines()[0]).toMatchObject({
      err: {
        type: 'TypeError',
        message: 'outer',
        stack: expect.stringContaining('logger.spec'),
        cause: { type: 'RangeError', message: 'inner' },
      },
    });
  });

  it('ends, whatever is put into it', () => {
    const { logger, ...log } = setup();
    const loop: Record<string, unknown> = {
      big: Buffer.alloc(10_000_000),
      many: Array.from({ length: 100_000 }, () => ({ a: 1 })),
    };
    loop['self'] = loop;

    logger.info({ loop }, 'loop');

    expect(log.lines()).toMatchObject([{ msg: 'loop', loop: { big: '[10000000 bytes]' } }]);
    expect(log.text().length).toBeLessThan(50_000);
  });

  it('names the job it was written for', async () => {
    const { logger, ...log } = setup();

    await withLogFields({ job_id: 'j1' }, async () => {
      logger.info('before');
      await Promise.resolve();
      logger.info({ extra: 1 }, 'after');
    });
    logger.info('outside');

    expect(log.lines()).toMatchObject([
      { job_id: 'j1', msg: 'before' },
      { job_id: 'j1', extra: 1 },
      { msg: 'outside' },
    ]);
    expect(log.lines()[2]).not.toHaveProperty('job_id');
  });

  it("comes from Nest's loggers in the same shape", () => {
    const { logger, ...log } = setup();
    Logger.overrideLogger(nestLogger(logger));

    new Logger('Orders').log('placed');
    new Logger('Orders').error(new Error(`for ${MARK}@example.test`));
    new Logger('Orders').debug('not at this level');

    expect(log.lines()).toMatchObject([
      { level: 'info', service: 'under-test', context: 'Orders', msg: 'placed' },
      {
        level: 'error',
        context: 'Orders',
        err: { type: 'Error', message: 'for [redacted]', stack: expect.any(String) },
      },
    ]);
  });
});

function setup() {
  const log = new RecordedLog();
  return { logger: log.logger, text: () => log.text, lines: () => log.lines };
}
