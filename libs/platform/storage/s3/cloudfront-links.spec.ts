import { createVerify, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { CloudfrontLinks } from './cloudfront-links.js';

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const links = new CloudfrontLinks(
  { url: 'https://cdn.example.test', keyPairId: 'K7', privateKey },
  new StoppedClock(new Date('2030-01-01T12:00:00Z')),
);
const FILE = { key: 'uploads/kept/7/file', name: 'Grüße.pdf', contentType: 'application/pdf', size: 3 };

/** As CloudFront does for a canned policy: of the whole address without what was added to it, and until then. */
function isSigned(url: URL, until: number): boolean {
  const signature = String(url.searchParams.get('Signature'))
    .replaceAll('-', '+')
    .replaceAll('_', '=')
    .replaceAll('~', '/');
  const resource = url.href.slice(0, url.href.indexOf('&Expires='));
  const policy = { Statement: [{ Resource: resource, Condition: { DateLessThan: { 'AWS:EpochTime': until } } }] };
  return createVerify('RSA-SHA1').update(JSON.stringify(policy)).verify(publicKey, signature, 'base64');
}

describe('a link of the CDN', () => {
  it('is signed for this file until its end, and says how it is handed out', async () => {
    const url = new URL(await links.to(FILE, 60));

    expect(`${url.origin}${url.pathname}`).toBe('https://cdn.example.test/uploads/kept/7/file');
    expect(url.searchParams.get('response-content-type')).toBe('application/pdf');
    expect(url.searchParams.get('response-content-disposition')).toMatch(/^attachment; filename="Gr__e.pdf"/);
    const until = Date.parse('2030-01-01T12:01:00Z') / 1_000;
    expect([isSigned(url, until), isSigned(url, until + 1)]).toEqual([true, false]);
  });

  it('leads to nothing but a key', async () => {
    await expect(links.to({ ...FILE, key: '../other' }, 60)).rejects.toThrow('A key is made of');
  });
});
