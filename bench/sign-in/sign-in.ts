import { Argon2PasswordHasher } from '#features/accounts/infrastructure/passwords/argon2-password-hasher.js';
import { Companion } from '../companion.ts';
import { startServer } from '../server-under-test.ts';
import { PASSWORD } from '../setting.ts';
import type { Surroundings } from '../variants.ts';
import type { VerificationLoad, VerificationResult } from '../verification.ts';
import type { HashingLoad, HashingResult } from './hashing.ts';
import type { SignInLoad, SignInResult } from './sign-in-load.ts';

/** One round of it: the hash function alone, as many signIns as the API takes, reads at rest, and reads beside such signIns. */
export type SignInRound = Readonly<{
  hashesPerSecond: number;
  signInsPerSecond: number;
  /** 99th percentile of `GET /v1/me` in milliseconds. */
  restP99: number;
  floodP99: number;
}>;

/** Enough that the hasher never has to wait for one. */
const SIGN_INS_AT_ONCE = 8;
/** Long enough for V8 to have compiled what a sign-in runs. */
const WARM_UP_SECONDS = 20;
const SECONDS = 4;
/** Hashes and signIns take turns, so that both meet the same machine: others may be using it, too. */
const TURNS = 8;
const SECONDS_PER_TURN = 0.5;

type Place = Pick<Surroundings, 'setting' | 'cores'>;

export async function measureSignIn(
  { setting, cores }: Place,
  rounds: number,
  say: (progress: string) => void,
): Promise<SignInRound[]> {
  const passwordHash = await new Argon2PasswordHasher().hash(PASSWORD);
  const { emails } = setting;
  const server = await startServer({
    file: 'dist/apps/api/src/main.js',
    environment: { ...setting.environment, TRUSTED_PROXIES: '127.0.0.1' },
    prefix: cores.server,
    request: { path: '/v1/me', headers: { authorization: setting.authorization } },
  });
  const [hashing, load] = [new Companion('sign-in/hashing', cores.server), new Companion('sign-in/sign-in-load')];
  try {
    const hash = (duration: number) =>
      hashing.ask<HashingResult>({ password: PASSWORD, passwordHash, seconds: duration } satisfies HashingLoad);
    const visit = (kind: Pick<SignInLoad, 'signIns' | 'isReading'>, duration: number) =>
      load.ask<SignInResult>({
        port: server.port,
        emails,
        password: PASSWORD,
        authorization: setting.authorization,
        ...kind,
        seconds: duration,
      } satisfies SignInLoad);

    say('warming up: signing in');
    await visit({ signIns: SIGN_INS_AT_ONCE, isReading: true }, WARM_UP_SECONDS);
    const measured: SignInRound[] = [];
    for (let round = 1; round <= rounds; round++) {
      say(`round ${round} of ${rounds}: signing in`);
      const turns = [];
      for (let turn = 0; turn < TURNS; turn++) {
        turns.push({
          hashing: await hash(SECONDS_PER_TURN),
          signingIn: await visit({ signIns: SIGN_INS_AT_ONCE, isReading: false }, SECONDS_PER_TURN),
        });
      }
      const rest = await visit({ signIns: 0, isReading: true }, SECONDS);
      const flood = await visit({ signIns: SIGN_INS_AT_ONCE, isReading: true }, SECONDS);
      measured.push({
        hashesPerSecond: rate(turns.map(({ hashing: { verified, seconds } }) => ({ count: verified, seconds }))),
        signInsPerSecond: rate(turns.map(({ signingIn: { signIns, seconds } }) => ({ count: signIns, seconds }))),
        restP99: p99(rest.reads),
        floodP99: p99(flood.reads),
      });
    }
    return measured;
  } finally {
    hashing.stop();
    load.stop();
    await server.stop();
  }
}

export async function measureVerification({ setting, cores }: Place): Promise<VerificationResult> {
  const verification = new Companion('verification', cores.server);
  try {
    return await verification.ask<VerificationResult>({ environment: setting.environment } satisfies VerificationLoad);
  } finally {
    verification.stop();
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

function rate(turns: readonly Readonly<{ count: number; seconds: number }>[]): number {
  return sum(turns.map(({ count }) => count)) / sum(turns.map(({ seconds }) => seconds));
}

function p99(milliseconds: readonly number[]): number {
  return milliseconds.toSorted((a, b) => a - b)[Math.floor(milliseconds.length * 0.99)] ?? NaN;
}
