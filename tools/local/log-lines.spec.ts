import { describe, expect, it } from 'vitest';
import { readable } from './log-lines.ts';

const time = Date.UTC(2026, 0, 1);

describe('a line of a process', () => {
  it('that is about a request becomes a sentence', () => {
    const request = {
      method: 'POST',
      route: '/v1/orders',
      path: '/v1/orders',
      status: 201,
      duration_ms: 12.3,
      request_id: 'r1',
    };

    const text = readable(JSON.stringify({ level: 'info', time, msg: 'request', ...request }));

    expect(text).toMatch(/INFO: POST \/v1\/orders 201 in 12 ms \{"request_id":"r1"\}$/);
  });

  it.each([
    ['an address that we do not have', { method: 'GET', status: 404, duration_ms: 3 }, 'GET 404 in 3 ms'],
    [
      'an address that may hold a secret',
      { method: 'GET', route: '/v1/orders/:id', status: 200, duration_ms: 3 },
      'GET /v1/orders/:id 200 in 3 ms',
    ],
    ['a client that hung up', { method: 'GET', route: '/v1/me', path: '/v1/me', status: 499 }, 'GET /v1/me 499'],
    ['what is no HTTP', { status: 400, code: 'MALFORMED_REQUEST' }, '400 MALFORMED_REQUEST'],
  ])('says of %s what is known', (_what, fields, sentence) => {
    const text = readable(JSON.stringify({ level: 'info', time, msg: 'request', request_id: 'r1', ...fields }));

    expect(text).toMatch(new RegExp(`INFO: ${sentence} \\{"request_id":"r1"\\}$`));
  });

  it('that is about a job becomes a sentence and keeps its error', () => {
    const job = {
      job: 'orders.fulfil',
      job_id: 'j1',
      attempt: 2,
      outcome: 'failed',
      duration_ms: 7,
      err: { message: 'no' },
    };

    const text = readable(JSON.stringify({ level: 'warn', time, msg: 'job', ...job }));

    expect(text).toMatch(/WARN: orders\.fulfil failed, attempt 2, in 7 ms[^]*"j1"[^]*no/);
  });

  it.each(['Debugger attached.', '{not json', ''])('that is no log line stays as it is: %j', (line) => {
    expect(readable(line)).toBe(line);
  });
});
