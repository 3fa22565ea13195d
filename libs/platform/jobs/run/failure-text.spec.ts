import { describe, expect, it } from 'vitest';
import { defineError } from '../../kernel/errors/app-error.js';
import { failureText } from './failure-text.js';

const OrderLost = defineError({ kind: 'not-found', code: 'TESTS_ORDER_LOST', title: 'Lost', help: 'Look elsewhere.' });

describe('failureText', () => {
  it('names what failed', () => {
    expect(failureText(new TypeError('x is not a function'))).toBe('TypeError: x is not a function');
    expect(failureText(new OrderLost())).toBe('TESTS_ORDER_LOST: Look elsewhere.');
  });

  it.each([
    ['an e-mail address', '550 no mailbox for ada@example.test', 'ada@example.test'],
    ['the credentials in a URL', 'cannot reach smtp://mailer:hunter2@mail.test', 'hunter2'],
    ['a bearer token', 'refused: Bearer abcdefghijklmnopqrstuvwxyz', 'abcdefghijklmnopqrstuvwxyz'],
  ])('leaves out %s', (_, message, secret) => {
    expect(failureText(new Error(message))).not.toContain(secret);
  });

  it('stays one short line, whatever was thrown', () => {
    expect(failureText(new Error(`first\nsecond ${'x'.repeat(1_000)}`))).toBe('Error: first');
    expect(failureText(new Error('x'.repeat(1_000)))).toHaveLength(300);
    expect(failureText(new Error('a\0b'))).toBe('Error: ab');
    expect(failureText('hunter2')).toBe('An unknown failure.');
  });
});
