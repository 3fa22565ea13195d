const MARKS = { ok: '✓', optional: '–', missing: '✗' };
const COLOURS = { ok: 'green', optional: 'yellow', missing: 'red' };
const EVERY_STATE = Object.keys(MARKS);

/** A line each, aligned. @param {readonly import('./finding.mjs').Finding[]} findings */
export function describeFindings(findings, colours = {}) {
  const width = Math.max(0, ...findings.map(({ name }) => name.length));
  const paint = (state) => (colours[COLOURS[state]] ?? String)(MARKS[state]);
  return findings
    .map(
      ({ name, state, text, advice }) =>
        `${paint(state)} ${name.padEnd(width)}  ${[text, advice].filter(Boolean).join(': ')}`,
    )
    .join('\n');
}

/** For somebody whose npm start failed: what npm start needs comes first. @param {readonly import('./finding.mjs').Finding[]} findings */
export function describeLacking(findings, colours = {}) {
  const lacking = findings
    .filter(({ state }) => state !== 'ok')
    .toSorted((a, b) => EVERY_STATE.indexOf(b.state) - EVERY_STATE.indexOf(a.state));
  return lacking.length > 0 ? describeFindings(lacking, colours) : 'npm run doctor tells what this machine has.';
}

/** @param {readonly import('./finding.mjs').Finding[]} findings */
export const isFit = (findings) => findings.every(({ state }) => state !== 'missing');

/** Those of picocolors, or none: it is a package, and they may not be there. */
export async function coloursFor(stream, env = process.env) {
  const isColoured = stream.isTTY === true && !env.NO_COLOR;
  return import('picocolors').then(
    ({ default: picocolors }) => picocolors.createColors(isColoured),
    () => ({}),
  );
}
