import { describe, expect, it } from 'vitest';
import { inOrder, problemsOfParts, withDependents } from './parts.ts';

describe('parts that go', () => {
  it('go before what they need, however they were named', () => {
    expect(inOrder(['queues', 'orders', 'order-mails', 'queue-dashboard'])).toEqual([
      'order-mails',
      'orders',
      'queue-dashboard',
      'queues',
    ]);
  });

  it('take with them what needs them, and what needs that', () => {
    expect(withDependents(['operations'])).toEqual(['order-mails', 'orders', 'operations']);
  });
});

describe('a request', () => {
  it('is refused with a reason for each part that is none, or that another one needs', () => {
    expect(problemsOfParts(['users', 'orders'])).toEqual([
      expect.stringMatching(/^There is no part "users"\. There are: order-mails, orders, /),
      'order-mails needs orders: name both in --without, or neither.',
    ]);
  });

  it('is met when all that need each other go', () => {
    expect(problemsOfParts(['orders', 'order-mails'])).toEqual([]);
  });
});
