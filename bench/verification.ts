// What it costs to know who is asking, a process of its own: an access token seen before, and one seen for the first time.
import { generateKeyPairSync } from 'node:crypto';
import { AccessTokens } from '#platform/auth/tokens/access-tokens.js';
import { SigningKeys } from '#platform/auth/tokens/signing-keys.js';
import { loadEnv } from '#platform/config/load-env.js';
import { newId } from '#platform/kernel/values/ids.js';
import { ownCpuTime } from './cache/own-cpu-time.ts';

/** Microseconds of CPU, by algorithm. */
export type VerificationResult = readonly Readonly<{ algorithm: string; cached: number; uncached: number }>[];
export type VerificationLoad = Readonly<{ environment: Readonly<Record<string, string>> }>;

const TOKENS = 1_000;
const CACHED_TURNS = 500;
const ONE_DAY = 86_400_000;

const KEYS = [
  { alg: 'EdDSA', key: generateKeyPairSync('ed25519') },
  { alg: 'ES256', key: generateKeyPairSync('ec', { namedCurve: 'P-256' }) },
  { alg: 'RS256', key: generateKeyPairSync('rsa', { modulusLength: 2048 }) },
];

process.on('message', (load: VerificationLoad) => {
  void run(load).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit());

async function run({ environment }: VerificationLoad): Promise<VerificationResult> {
  const results = [];
  for (const { alg, key } of KEYS) {
    const keys = [{ ...key.privateKey.export({ format: 'jwk' }), kid: alg, alg }];
    const env = loadEnv({ ...environment, AUTH_SIGNING_KEYS: JSON.stringify({ keys }) });
    const accessTokens = new AccessTokens(new SigningKeys(env), { now: () => new Date() }, env);
    const tokens = await issue(accessTokens, TOKENS);
    // Once for V8, with tokens of their own.
    for (const token of await issue(accessTokens, TOKENS)) await accessTokens.verify(token);

    const uncached = await ownCpuTime(TOKENS, async () => {
      for (const token of tokens) await accessTokens.verify(token);
    });
    const cached = await ownCpuTime(TOKENS * CACHED_TURNS, () => {
      for (let turn = 0; turn < CACHED_TURNS; turn++)
        for (const token of tokens) if (!accessTokens.cached(token)) throw new Error('The token is known.');
    });
    results.push({ algorithm: alg, cached, uncached });
  }
  return results;
}

function issue(accessTokens: AccessTokens, count: number): Promise<string[]> {
  const notAfter = new Date(Date.now() + ONE_DAY);
  return Promise.all(
    Array.from(
      { length: count },
      async () => (await accessTokens.issue({ userId: newId(), sessionId: newId(), notAfter })).token,
    ),
  );
}
