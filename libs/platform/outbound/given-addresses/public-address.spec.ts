import { describe, expect, it } from 'vitest';
import { isPublicAddress, publicAddressesAnd } from './public-address.js';

describe('an address of the public internet', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '93.184.215.14',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.1',
    '169.253.255.255',
    '169.255.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.0.1.0',
    '192.167.255.255',
    '192.169.0.0',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '2001:200::1',
    '2001:4860:4860::8888',
    '2003::1',
    '2400:cb00::1',
    '2606:4700:4700::1111',
    '2a00:1450:4001::200e',
  ])('is %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

/** The registries of special addresses: IANA "IPv4 Special-Purpose Address Registry" and its counterpart for IPv6. */
describe('no address of the public internet', () => {
  it.each([
    ['this network', '0.0.0.0', '0.1.2.3', '0.255.255.255'],
    ['private', '10.0.0.0', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1', '192.168.255.255'],
    ['behind the NAT of a carrier, and metadata of Alibaba Cloud', '100.64.0.0', '100.127.255.255', '100.100.100.200'],
    ['loopback', '127.0.0.1', '127.1.2.3', '127.255.255.255', '::1'],
    [
      'link-local, and metadata of most clouds',
      '169.254.0.1',
      '169.254.169.254',
      '169.254.170.2',
      'fe80::1',
      'febf::1',
    ],
    ['of protocols, and metadata of Oracle Cloud', '192.0.0.1', '192.0.0.192', '192.0.0.170', '2001:1::1'],
    ['metadata of Azure', '168.63.129.16'],
    ['metadata in unique local addresses', 'fd00:ec2::254', 'fd20:ce::254', 'fc00::1', 'fdff:ffff::1'],
    ['for documents', '192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1'],
    ['for benchmarks', '198.18.0.1', '198.19.255.255', '2001:2::1'],
    ['for relays', '192.88.99.1', '192.52.193.1', '192.31.196.1', '192.175.48.1'],
    ['multicast', '224.0.0.1', '239.255.255.255', 'ff02::1', 'ff0e::1'],
    ['reserved', '240.0.0.1', '255.255.255.254', '255.255.255.255'],
    ['unspecified', '::'],
    ['IPv4-mapped', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8'],
    ['IPv4-compatible', '::127.0.0.1', '::7f00:1', '::10.0.0.1', '::8.8.8.8'],
    ['IPv4-translated', '::ffff:0:127.0.0.1'],
    ['NAT64', '64:ff9b::127.0.0.1', '64:ff9b::a9fe:a9fe', '64:ff9b:1::10.0.0.1', '64:ff9b:1:ffff::1'],
    ['6to4', '2002:7f00:1::', '2002:a9fe:a9fe::1', '2002:808:808::1'],
    ['Teredo', '2001::1', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
    ['site-local', 'fec0::1'],
    ['discarded', '100::1'],
    ['of segment routing', '5f00::1'],
    ['outside of what is given out', '1::1', '4000::1', '8000::1'],
    ['with a zone', 'fe80::1%eth0', '2606:4700:4700::1111%eth0'],
    ['no address', '', 'localhost', '127.1', '0x7f000001', '2130706433', '017700000001', '1.1.1.1 ', '[::1]'],
  ])('is one that is %s', (_what, ...addresses) => {
    expect(addresses.filter((address) => isPublicAddress(address))).toEqual([]);
  });
});

describe('addresses that are allowed besides', () => {
  const isAllowed = publicAddressesAnd(['10.1.0.0/16', 'fd00:1::/32']);

  it.each(['10.1.2.3', 'fd00:1::1', '1.1.1.1'])('are %s', (address) => {
    expect(isAllowed(address)).toBe(true);
  });

  it.each(['10.2.0.1', 'fd00:2::1', '::ffff:10.1.2.3', '127.0.0.1', 'localhost'])('are not %s', (address) => {
    expect(isAllowed(address)).toBe(false);
  });

  it.each([
    ['10.1.0.1', '10.1.0.2'],
    ['fd00::1', 'fd00::2'],
  ])('may be one alone: %s', (allowed, other) => {
    const isAllowed = publicAddressesAnd([allowed]);

    expect([isAllowed(allowed), isAllowed(other)]).toEqual([true, false]);
  });

  it('are addresses or ranges, or the start fails', () => {
    expect(() => publicAddressesAnd(['receiver.example'])).toThrow();
  });
});
