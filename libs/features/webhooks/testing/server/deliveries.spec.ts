import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { Deliveries } from './deliveries.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=';
const BODY = '{"type":"thing.done"}';
const signed = (secret = SECRET) => {
  const at = new Date();
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signature = new Webhook(secret).sign('msg_1', at, BODY);
  return { 'webhook-id': 'msg_1', 'webhook-timestamp': timestamp, 'webhook-signature': signature };
};

describe('what the receiver of npm start has heard', () => {
  it('is verified by the secret of its endpoint, and not before it has one', () => {
    const deliveries = new Deliveries();

    const before = deliveries.add(signed(), BODY);
    deliveries.secret = SECRET;
    const after = deliveries.add(signed(), BODY);
    const changed = deliveries.add(signed(), `${BODY} `);

    expect([before, after, changed].map(({ isVerified }) => isVerified)).toEqual([false, true, false]);
    expect([before, after, changed].map(({ times }) => times)).toEqual([1, 2, 3]);
    expect(after).toMatchObject({ id: 'msg_1', type: 'thing.done', body: BODY });
  });

  it('is the latest only, the newest first, whatever it is', () => {
    const deliveries = new Deliveries(2);

    for (const body of ['1', 'no json', '{"type":"c"}']) deliveries.add({}, body);

    expect(deliveries.list().map(({ type }) => type)).toEqual(['c', 'no JSON']);
  });
});
