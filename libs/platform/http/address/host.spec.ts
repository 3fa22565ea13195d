import { describe, expect, it } from 'vitest';
import { hostComplaint } from './host.js';

const complaint = (hosts: readonly string[], httpVersion = '1.1') =>
  hostComplaint({
    httpVersion,
    rawHeaders: ['Accept', '*/*', ...hosts.flatMap((host, index) => [index % 2 ? 'HOST' : 'Host', host])],
  });

describe('hostComplaint', () => {
  it.each([
    'example.test',
    'example.test:3000',
    'EXAMPLE.test:',
    '127.0.0.1:80',
    '[::1]:3000',
    '[2001:db8::1]',
    'a_b.internal',
    '%C3%BC.test',
    'x',
  ])('has nothing against %s', (host) => {
    expect(complaint([host])).toBeNull();
  });

  it.each([
    '',
    'a/b',
    'user@example.test',
    'a b',
    'a:b',
    'a:80:80',
    'http://example.test',
    '[::1',
    '[zz]',
    'a?b',
    'a#b',
    'a\\b',
    'ä.test',
    '<x>',
    '%zz',
  ])('takes no "%s"', (host) => {
    expect(complaint([host])).toMatch(/names no host/);
  });

  it.each([[['example.test', 'example.test']], [['example.test', 'other.test']]])('takes only one: %j', (hosts) => {
    expect(complaint(hosts)).toMatch(/more than one/);
  });

  it('needs one in HTTP/1.1 alone', () => {
    expect([complaint([]), complaint([], '1.0'), complaint(['a/b'], '1.0')]).toEqual([
      expect.stringMatching(/no Host/),
      null,
      expect.stringMatching(/names no host/),
    ]);
  });
});
