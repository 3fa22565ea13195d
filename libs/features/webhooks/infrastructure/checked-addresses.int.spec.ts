import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadEnv } from '#platform/config/load-env.js';
import { HOSTS_THAT_ARE_NOT_PUBLIC } from '#platform/outbound/testing/hosts-that-are-not-public.js';
import { aValidEnv } from '#platform/testing/env.factory.js';
import type { Answered } from '../application/sending/webhook-client.js';
import { WebhookUrlRefused } from '../domain/webhook.errors.js';
import { CheckedAddresses } from './checked-addresses.js';
import { Receivers } from './receivers.js';
import { HttpWebhookClient } from './sending/http-webhook-client.js';

/** Answers at every address of this machine, and counts who comes. */
const canary = createServer((_request, response) => response.end('secret'));
let reached = 0;
canary.on('connection', () => reached++);
beforeAll(async () => {
  canary.listen(0, '::');
  await once(canary, 'listening');
});
afterAll(() => new Promise((resolve) => canary.close(resolve)));

const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://api.example.com',
  MAIL_FROM: 'no-reply@example.com',
};
const NOW = new Date();
const { signal } = new AbortController();
function setup(overrides: Record<string, string> = {}) {
  const receivers = new Receivers(loadEnv(aValidEnv(overrides)));
  const [addresses, client] = [new CheckedAddresses(receivers), new HttpWebhookClient(receivers)];
  return {
    isTaken: (url: string) =>
      addresses.require(url).then(
        () => true,
        (error: unknown) => {
          expect(error).toBeInstanceOf(WebhookUrlRefused);
          return false;
        },
      ),
    send: async (url: string) => {
      const deliveries = [{ id: '', messageId: 'msg_1', body: '{}', attempts: 0 }];
      const [sent] = await client.send(
        { url, secrets: ['whsec_c2VjcmV0'], failingSince: null, deliveries },
        NOW,
        signal,
      );
      return sent as Answered;
    },
  };
}
const at = (host: string, scheme = 'http') => `${scheme}://${host}:${(canary.address() as AddressInfo).port}/`;

describe('an address that is not public', () => {
  it.each(HOSTS_THAT_ARE_NOT_PUBLIC)('is refused at creation and never connected to: %s', async (host) => {
    const { isTaken, send } = setup();
    const urls = [at(host), at(host, 'https')];

    const taken = await Promise.all(urls.map(isTaken));
    const sent = await Promise.all(urls.map(send));

    expect(taken).toEqual([false, false]);
    expect(sent.map(({ status, failure }) => [status, failure])).toEqual([
      [null, 'address-refused'],
      [null, 'address-refused'],
    ]);
    expect(reached).toBe(0);
  });

  it('is called where the environment allows it, by its address alone', async () => {
    const { isTaken, send } = setup({ OUTBOUND_ALLOWED_ADDRESSES: '127.0.0.1' });

    expect([await isTaken(at('127.0.0.1')), await isTaken(at('127.0.0.2'))]).toEqual([true, false]);
    expect(await send(at('127.0.0.1'))).toMatchObject({ status: 200, answer: 'secret' });
    expect(await send(at('127.0.0.2'))).toMatchObject({ status: null, failure: 'address-refused' });
    canary.closeAllConnections();
  });
});

describe('a URL', () => {
  it.each(['ftp://example.com/', 'https://user:password@example.com/', 'file:///etc/passwd', 'javascript:1'])(
    'is refused that no webhook is sent to: %s',
    async (url) => {
      const { isTaken, send } = setup();

      expect(await isTaken(url)).toBe(false);
      expect(await send(url)).toMatchObject({ status: null, failure: 'url-refused' });
    },
  );

  it('is https in production', async () => {
    const { isTaken, send } = setup(PRODUCTION);

    expect([await isTaken('https://8.8.8.8/'), await isTaken('http://8.8.8.8/')]).toEqual([true, false]);
    expect(await send('http://8.8.8.8/')).toMatchObject({ failure: 'url-refused' });
  });
});
