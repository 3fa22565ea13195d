import { median } from '../measure/statistics.ts';
import type { VerificationResult } from '../verification.ts';
import type { SignInRound } from './sign-in.ts';

const THROUGHPUT_AT_LEAST = 0.8;
const P99_AT_MOST = 5;
const VERIFICATION_AT_MOST = 10;

export function signInSection(rounds: readonly SignInRound[], verifications: VerificationResult): string {
  const medianOf = (value: (round: SignInRound) => number) => median(rounds.map(value));
  const rangeOf = (value: (round: SignInRound) => number) =>
    [Math.min, Math.max].map((pick) => pick(...rounds.map(value)).toFixed(2)).join(' – ');
  const throughput = ({ signInsPerSecond, hashesPerSecond }: SignInRound) => signInsPerSecond / hashesPerSecond;
  const slowdown = ({ floodP99, restP99 }: SignInRound) => floodP99 / restP99;

  return [
    '## Signing in',
    '',
    `Medians of ${rounds.length} rounds. The hash function alone runs on the core of the server, with as many at once as the server allows itself.`,
    '',
    '| | |',
    '| --- | ---: |',
    `| passwords verified by the hash function alone | ${medianOf(({ hashesPerSecond }) => hashesPerSecond).toFixed(1)} / s |`,
    `| signIns | ${medianOf(({ signInsPerSecond }) => signInsPerSecond).toFixed(1)} / s |`,
    `| \`GET /v1/me\` at rest, 99th percentile | ${medianOf(({ restP99 }) => restP99).toFixed(1)} ms |`,
    `| \`GET /v1/me\` while signIns take all there is, 99th percentile | ${medianOf(({ floodP99 }) => floodP99).toFixed(1)} ms |`,
    '',
    `- signIns against the hash function alone: **${medianOf(throughput).toFixed(2)}** (at least ${THROUGHPUT_AT_LEAST}; rounds ${rangeOf(throughput)})`,
    `- reads beside signIns against reads at rest: **${medianOf(slowdown).toFixed(2)}** (at most ${P99_AT_MOST}; rounds ${rangeOf(slowdown)})`,
    '',
    `Microseconds of CPU to verify an access token (at most ${VERIFICATION_AT_MOST} for one that was seen before):`,
    '',
    '| algorithm | seen before | for the first time |',
    '| --- | ---: | ---: |',
    ...verifications.map(
      ({ algorithm, cached, uncached }) => `| ${algorithm} | ${cached.toFixed(2)} | ${uncached.toFixed(0)} |`,
    ),
  ].join('\n');
}
