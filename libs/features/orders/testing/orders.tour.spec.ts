import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { signInLine } from '../../../../tools/local/summary.ts';
import { tour } from './orders.tour.ts';

const run = { api: 'http://localhost:3000', admin: { email: 'admin@example.test', password: 'p' } };
const ANSWERS = [
  '{"data":{"accessToken":"abc.def","tokenType":"Bearer"}}',
  '{"data":{"id":"order-1","items":[{"id":"item-1"}]}}',
  '{"data":{"id":"order-1","status":"fulfilled"}}',
];

describe('the lines to paste', () => {
  it('hand the token and the order from one to the next, in a plain shell', () => {
    const lines = [signInLine(run), ...tour.curlLines(run.api)].map(
      (line, at) => `curl() { echo "$@" >&2; echo '${ANSWERS[at]}'; }\n${line}`,
    );

    const output = execFileSync('/bin/sh', ['-c', `exec 2>&1\n${lines.join('\n')}`], { encoding: 'utf8' });

    expect(output).toContain('http://localhost:3000/v1/orders -H authorization: Bearer abc.def');
    expect(output).toContain('http://localhost:3000/v1/orders/order-1 -H authorization: Bearer abc.def');
    expect(output).toContain('"status":"fulfilled"');
  });
});
