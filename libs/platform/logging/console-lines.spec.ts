import { afterEach, describe, expect, it } from 'vitest';
import { RecordedLog } from '../testing/doubles/recorded-log.js';
import { logConsole } from './console-lines.js';

const original = { ...console };
afterEach(() => void Object.assign(console, original));

describe('what a library prints', () => {
  it('is a line of the log, at its level and without secrets', () => {
    const log = new RecordedLog();
    logConsole(log.logger);

    console.warn('IMPORTANT! Eviction policy is %s.', 'allkeys-lru');
    console.error('Cannot reach redis://:hunter2@10.0.0.7:6379', { code: 7 });

    expect(log.lines).toMatchObject([
      { level: 'warn', context: 'console', msg: 'IMPORTANT! Eviction policy is allkeys-lru.' },
      { level: 'error', context: 'console', msg: expect.stringContaining('{ code: 7 }') },
    ]);
    expect(log.text).not.toContain('hunter2');
  });
});
