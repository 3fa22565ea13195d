import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { signInLine } from '../../../../tools/local/summary.ts';
import { tour } from './webhooks.tour.ts';

const run = { api: 'http://localhost:3000', admin: { email: 'admin@example.test', password: 'p' } };
const ANSWERS = [
  '{"data":{"accessToken":"abc.def","tokenType":"Bearer"}}',
  '{"data":[{"id":"endpoint-1","events":[]},{"id":"endpoint-2","events":[]}]}',
  '{"data":{"id":"delivery-1"}}',
  '{"data":[{"id":"delivery-1","status":"delivered"}]}',
];

it('hands the token and the endpoint from one line to the next, in a plain shell', () => {
  const lines = [signInLine(run), ...tour.curlLines(run.api)].map(
    (line, at) => `curl() { echo "$@" >&2; echo '${ANSWERS[at]}'; }\n${line}`,
  );

  const output = execFileSync('/bin/sh', ['-c', `exec 2>&1\n${lines.join('\n')}`], { encoding: 'utf8' });

  expect(output).toContain('-X POST http://localhost:3000/v1/webhooks/endpoints/endpoint-1/test');
  expect(output).toContain('deliveries?endpointId=endpoint-1 -H authorization: Bearer abc.def');
  expect(output).toContain('"status":"delivered"');
});
