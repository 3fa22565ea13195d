import { describe, expect, it } from 'vitest';
import { HELP, readArguments } from './arguments.js';

describe('the arguments of admin:create', () => {
  it.each([['--email=ada@example.test'], ['--email', ' ada@example.test ']])('name somebody: %s', (...argv) => {
    expect(readArguments(argv)).toEqual({ help: false, email: 'ada@example.test' });
  });

  it.each([[['--help']], [['-h']], [['--help', '--email=nonsense']]])('ask for help: %j', (argv) => {
    expect(readArguments(argv)).toEqual({ help: true });
    expect(HELP).toContain('--email=<address>');
  });

  it.each([
    [[], /Say whom/],
    [['--email='], /not an e-mail address/],
    [['--email=nowhere'], /not an e-mail address/],
    [[`--email=${'x'.repeat(250)}@example.test`], /not an e-mail address/],
    [[`--email=${'x'.repeat(65)}@example.test`], /not an e-mail address/],
    [['--password=secret'], /Unknown option '--password'/],
    [['ada@example.test'], /--help/],
  ])('are refused in one line: %j', (argv, reason) => {
    expect(() => readArguments(argv)).toThrow(reason);
    expect(() => readArguments(argv)).toThrow(/^[^\n]+$/);
  });
});
