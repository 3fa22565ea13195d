import { describe, expect, it } from 'vitest';
import { answersOf } from './answers.ts';

describe('what was not said', () => {
  it('follows from the name', () => {
    expect(answersOf({ name: 'acme-billing2' })).toEqual({
      name: 'acme-billing2',
      title: 'Acme Billing2',
      description: 'Acme Billing2, a backend.',
      license: 'UNLICENSED',
      holder: 'The authors of Acme Billing2',
      repository: null,
      prefix: 'acme',
      without: [],
    });
  });

  it('follows from the title where there is one', () => {
    expect(answersOf({ name: 'billing', title: 'ACME Billing' })).toMatchObject({
      holder: 'The authors of ACME Billing',
      prefix: 'bill',
    });
  });
});
