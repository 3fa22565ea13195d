import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { isSigned, newWebhookSecret, webhookHeaders } from './webhook-signature.js';

const AT = new Date();
const message = { id: 'msg_1', body: '{"price":"12 €"}' };

describe('signatures', () => {
  it('are those of the specification, one by each secret', () => {
    const [one, other] = [newWebhookSecret(), newWebhookSecret()];

    const headers = webhookHeaders(message, AT, [one, other]);

    expect(headers['webhook-signature'].split(' ')).toEqual([
      new Webhook(one).sign(message.id, AT, message.body),
      new Webhook(other).sign(message.id, AT, message.body),
    ]);
    for (const secret of [one, other]) expect(new Webhook(secret).verify(message.body, headers)).toBeTruthy();
  });

  it('are found by any of the secrets, and by no other', () => {
    const [one, other] = [newWebhookSecret(), newWebhookSecret()];
    const { 'webhook-timestamp': timestamp, 'webhook-signature': signature } = webhookHeaders(message, AT, [one]);

    expect(isSigned({ ...message, timestamp }, signature, [other, one])).toBe(true);
    expect(isSigned({ ...message, timestamp }, signature, [other])).toBe(false);
    expect(isSigned({ ...message, timestamp }, '', [one])).toBe(false);
  });
});

describe('a new secret', () => {
  it('is 32 bytes at random', () => {
    const secrets = [newWebhookSecret(), newWebhookSecret()];

    expect(secrets[0]).toMatch(/^whsec_[\w+/]{43}=$/);
    expect(secrets[0]).not.toBe(secrets[1]);
  });
});
