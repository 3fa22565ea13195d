import { describe, expect, it } from 'vitest';
import { brokenPromises, errorsDocument } from './errors.ts';

const missing = {
  slug: 'order-not-found',
  code: 'ORDER_NOT_FOUND',
  status: 404,
  title: 'There is no such order',
  help: 'Check the id.',
};
const closed = {
  slug: 'order-closed',
  code: 'ORDER_CLOSED',
  status: 409,
  title: 'The order is closed',
  help: 'Place another.',
};
const retired = {
  code: 'ORDER_CLOSED',
  since: '2.0.0',
  title: 'The order is closed',
  instead: 'ORDER_NOT_CANCELLABLE',
};

describe('the document about errors', () => {
  it('lists every code with its status and page', () => {
    expect(errorsDocument([missing], [])).toContain(
      '| `ORDER_NOT_FOUND` | 404 | `/errors/order-not-found` | There is no such order | Check the id. |',
    );
  });

  it('keeps retired codes', () => {
    expect(errorsDocument([missing], [retired])).toContain(
      '| `ORDER_CLOSED` | 2.0.0 | The order is closed | ORDER_NOT_CANCELLABLE |',
    );
  });
});

describe('the promises about error codes', () => {
  it('are broken by a code that vanished', () => {
    const committed = errorsDocument([missing, closed], []);

    expect(brokenPromises(committed, [missing], [])).toEqual([expect.stringContaining('ORDER_CLOSED is gone')]);
    expect(brokenPromises(committed, [missing], [retired])).toEqual([]);
  });

  it('are broken by a retired code that vanished from the list', () => {
    const committed = errorsDocument([missing], [retired]);

    expect(brokenPromises(committed, [missing], [])).toEqual([expect.stringContaining('ORDER_CLOSED is gone')]);
  });

  it('are broken by a retired code that is used again', () => {
    expect(brokenPromises('', [missing, closed], [retired])).toEqual([
      expect.stringContaining('ORDER_CLOSED is retired'),
    ]);
  });
});
