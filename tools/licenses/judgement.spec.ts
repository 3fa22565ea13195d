import { describe, expect, it } from 'vitest';
import { licenseObjections } from './judgement.ts';

const lock = (license?: string, more = {}) => ({
  packages: { '': {}, 'node_modules/a': { ...(license && { license }), ...more } },
});

describe('licences of packages', () => {
  it.each(['MIT', '(MIT OR GPL-3.0-only)', 'Apache-2.0 AND MIT'])('may be %s', (license) => {
    expect(licenseObjections(lock(license), {})).toEqual([]);
  });

  it.each(['GPL-3.0-only', 'AGPL-3.0-or-later', 'MIT AND GPL-2.0-only', 'SEE LICENSE IN LICENSE', 'MPL-2.0'])(
    'may not be %s',
    (license) => {
      expect(licenseObjections(lock(license), {})).toEqual([`a: ${license}`]);
    },
  );

  it('may not be unknown', () => {
    expect(licenseObjections(lock(), {})).toEqual(['a: none']);
  });

  it('may be more for tools', () => {
    expect(licenseObjections(lock('MPL-2.0', { dev: true }), {})).toEqual([]);
  });

  it('have exceptions, as long as they are needed', () => {
    expect(licenseObjections(lock('MPL-2.0'), { a: 'used as it is' })).toEqual([]);
    expect(licenseObjections(lock('MIT'), { a: 'used as it is' })).toEqual(['a: needs no exception']);
  });

  it('have exceptions for families of packages, which need not be there', () => {
    const family = { '@b/c-*': 'used as it is' };
    const packages = { 'node_modules/@b/c-linux': { license: 'LGPL-3.0-or-later' } };

    expect(licenseObjections({ packages }, family)).toEqual([]);
    expect(licenseObjections(lock('MIT'), family)).toEqual([]);
    expect(licenseObjections(lock('LGPL-3.0-or-later'), family)).toEqual(['a: LGPL-3.0-or-later']);
  });

  it('are asked of packages below others, and not of what is ours', () => {
    const packages = {
      'node_modules/a/node_modules/@b/c': { license: 'GPL-2.0-only' },
      'node_modules/ours': { link: true },
    };

    expect(licenseObjections({ packages }, {})).toEqual(['@b/c: GPL-2.0-only']);
  });
});
