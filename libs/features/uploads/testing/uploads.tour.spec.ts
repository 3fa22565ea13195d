import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { tour } from './uploads.tour.ts';

const FORM =
  '{"data":{"id":"7","url":"http://objects","fields":{"key":"a/b","X-Amz-Credential":"k/s3","Policy":"eyJ=="},"expiresAt":"x"}}';
const ANSWERS = [FORM, '', '{}', '{"data":{"id":"7","status":"ready"}}'];

it('the lines to paste make a form of what they are given, in a plain shell', () => {
  const lines = tour
    .curlLines('http://api')
    .map((line, at) => `curl() { echo "$@" >&2; echo '${ANSWERS[at]}'; }\n${line}`);

  const output = execFileSync('/bin/sh', ['-c', `exec 2>&1\n${lines.join('\n')}`], { encoding: 'utf8' });

  expect(output).toContain(
    '-s -F key=a/b -F X-Amz-Credential=k/s3 -F Policy=eyJ== -F file=@-;filename=dot.png http://objects\n',
  );
  expect(output).toContain('-d {"id":"7"}\n');
  expect(output).toContain('"status":"ready"');
});
