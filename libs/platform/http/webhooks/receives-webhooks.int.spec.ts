import { randomUUID } from 'node:crypto';
import { Body, Controller, Injectable, Post, RawBody } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Clock } from '../../kernel/clock.js';
import { Transaction } from '../../kernel/transaction.js';
import { StoppedClock } from '../../testing/doubles/stopped-clock.js';
import { httpApp } from '../../testing/http-app.js';
import { testDatabase } from '../../testing/test-database.js';
import { ReceivedWebhooks } from './received-webhooks.js';
import { ReceivesWebhooks } from './receives-webhooks.decorator.js';
import { newWebhookSecret } from './webhook-signature.js';
import type { WebhookSource } from './webhook-source.js';

const [SECRET, OLD_SECRET] = [newWebhookSecret(), newWebhookSecret()];
const NOW = new Date('2030-01-01T12:00:00Z');
const schema = z.object({ type: z.string() });

@Injectable()
class Shop implements WebhookSource {
  secrets() {
    return [SECRET, OLD_SECRET];
  }
}

const taken: { body: unknown; raw: string }[] = [];
let failures = 0;

@Controller('hooks')
class Hooks {
  @Post('shop')
  @ReceivesWebhooks('shop', Shop)
  shop(@Body({ schema }) body: z.infer<typeof schema>, @RawBody() raw: Buffer) {
    if (failures-- > 0) throw new Error('not yet');
    taken.push({ body, raw: raw.toString() });
  }

  @Post('other')
  @ReceivesWebhooks('other', Shop)
  other(@Body({ schema }) body: z.infer<typeof schema>, @RawBody() raw: Buffer) {
    taken.push({ body, raw: raw.toString() });
  }
}

const database = testDatabase();
const app = await httpApp({
  controllers: [Hooks],
  providers: [
    Shop,
    { provide: ReceivedWebhooks, useValue: new ReceivedWebhooks(database) },
    { provide: Transaction, useValue: database },
    { provide: Clock, useValue: new StoppedClock(NOW) },
  ],
});
// With the database, which is one of its providers.
afterAll(() => app.close());
beforeEach(() => {
  taken.length = 0;
  failures = 0;
});

const BODY = '{ "type": "sold",  "price": 1.0 }';
/** As the library of the specification signs it. */
function signed({ id = `msg_${randomUUID()}`, at = NOW, body = BODY, secret = SECRET } = {}) {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(at.getTime() / 1_000),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
}
const send = (headers: Record<string, string>, body = BODY, path = 'shop') =>
  app.inject({
    method: 'POST',
    url: `/hooks/${path}`,
    headers: { 'content-type': 'application/json', ...headers },
    payload: body,
  });
const secondsFromNow = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

describe('a webhook of somebody else', () => {
  it('is taken, parsed and as it came', async () => {
    const { statusCode, body } = await send(signed());

    expect([statusCode, body]).toEqual([204, '']);
    expect(taken).toEqual([{ body: { type: 'sold' }, raw: BODY }]);
  });

  it('is taken by the secret before, and with other signatures beside its own', async () => {
    const by = signed({ secret: OLD_SECRET });
    const several = signed();

    expect((await send(by)).statusCode).toBe(204);
    const beside = `v1a,${'A'.repeat(88)} v1,${'A'.repeat(43)}= ${several['webhook-signature']}`;
    expect((await send({ ...several, 'webhook-signature': beside })).statusCode).toBe(204);
  });

  it.each([-299, 300])('is taken when it is %d seconds off', async (seconds) => {
    expect((await send(signed({ at: secondsFromNow(seconds) }))).statusCode).toBe(204);
  });

  it('is taken once, and answered each time', async () => {
    const id = `msg_${randomUUID()}`;

    const answers = [await send(signed({ id })), await send(signed({ id, at: secondsFromNow(60) }))];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([204, 204]);
    expect(taken).toHaveLength(1);
  });

  it('is taken once, however many copies come at the same time', async () => {
    const headers = signed();

    await Promise.all(Array.from({ length: 5 }, () => send(headers)));

    expect(taken).toHaveLength(1);
  });

  it('is another one where another source has the same id', async () => {
    const headers = signed();

    await send(headers);
    await send(headers, BODY, 'other');

    expect(taken).toHaveLength(2);
  });

  it('may come again when it failed', async () => {
    const headers = signed();
    failures = 1;

    const answers = [await send(headers), await send(headers)];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([500, 204]);
    expect(taken).toHaveLength(1);
  });

  const id = `msg_${randomUUID()}`;
  const good = signed({ id });
  it.each([
    ['without headers', {}, BODY],
    ['without its id', { ...good, 'webhook-id': '' }, BODY],
    ['with another id', { ...good, 'webhook-id': 'msg_other' }, BODY],
    ['with another body', good, BODY.replace('1.0', '9.0')],
    ['with the same body, written in another way', good, JSON.stringify(JSON.parse(BODY))],
    ['with a newer timestamp', { ...good, 'webhook-timestamp': String(NOW.getTime() / 1_000 + 1) }, BODY],
    ['that is too old', signed({ at: secondsFromNow(-301) }), BODY],
    ['that comes from the future', signed({ at: secondsFromNow(301) }), BODY],
    ['with a timestamp that is none', { ...good, 'webhook-timestamp': '1e9' }, BODY],
    ['by a stranger', signed({ secret: newWebhookSecret() }), BODY],
    ['of another version', { ...good, 'webhook-signature': good['webhook-signature'].replace('v1,', 'v2,') }, BODY],
    ['with half of its signature', { ...good, 'webhook-signature': good['webhook-signature'].slice(0, 20) }, BODY],
  ])('is refused %s', async (_, headers, body) => {
    const refused = await send(headers, body);

    expect(refused.json()).toMatchObject({ status: 401, code: 'WEBHOOK_SIGNATURE_INVALID' });
    expect(taken).toEqual([]);
  });
});
