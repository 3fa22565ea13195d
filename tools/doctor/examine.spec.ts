import { describe, expect, it } from 'vitest';
import { findingsOf } from './examine.mjs';
import { ok } from './finding.mjs';

describe('what needs packages', () => {
  it('is what the program that has them prints', () => {
    const findings = [ok('git', '2.50')];

    expect(findingsOf({ status: 0, stdout: JSON.stringify(findings), stderr: 'a warning' })).toEqual(findings);
  });

  it.each([
    [
      'fails',
      1,
      'node:internal\n\nError [ERR_MODULE_NOT_FOUND]: Cannot find package\n    at a line',
      /^cannot be told \(Error .*package\)$/,
    ],
    ['hangs', null, '', /^cannot be told \(no answer\)$/],
  ])('is one line when that program %s', (_what, status, stderr, text) => {
    expect(findingsOf({ status, stdout: '', stderr })).toEqual([
      { name: 'The rest', state: 'missing', text: expect.stringMatching(text), advice: 'npm ci' },
    ]);
  });
});
