import { describe, expect, it } from 'vitest';
import { type Finding, missing, ok, optional } from './finding.mjs';
import { coloursFor, describeFindings, describeLacking, isFit } from './report.mjs';

const FINDINGS: readonly Finding[] = [
  ok('npm', '11.0.0'),
  optional('Docker', 'no engine answers', 'start it'),
  missing('Redis', 'none here', 'install it'),
];

describe('the report of the doctor', () => {
  it('has a line for each finding, aligned, and what to do behind it', () => {
    expect(describeFindings(FINDINGS)).toBe(
      '✓ npm     11.0.0\n– Docker  no engine answers: start it\n✗ Redis   none here: install it',
    );
  });

  it('tells after a failure only what is lacking, what is required first', () => {
    expect(describeLacking(FINDINGS)).toBe('✗ Redis   none here: install it\n– Docker  no engine answers: start it');
  });

  it('names the command when nothing is lacking', () => {
    expect(describeLacking([ok('npm', '11.0.0')])).toContain('npm run doctor');
  });

  it('is bad only when something required is missing', () => {
    expect(isFit(FINDINGS)).toBe(false);
    expect(isFit(FINDINGS.filter(({ state }) => state !== 'missing'))).toBe(true);
  });

  it.each([
    [{ isTTY: true }, {}, true],
    [{ isTTY: true }, { NO_COLOR: '1' }, false],
    [{ isTTY: false }, {}, false],
  ])('is coloured on a terminal that wants it: %j %j', async (stream, env, isColoured) => {
    const text = describeFindings(FINDINGS, await coloursFor(stream, env));

    expect(text.includes('\x1b[31m✗')).toBe(isColoured);
  });
});
