// The hash function alone, a process of its own: how many passwords it verifies in a time, with as many at once as the API allows itself.
import { availableParallelism } from 'node:os';
import {
  Argon2PasswordHasher,
  MAX_AT_ONCE,
} from '#features/accounts/infrastructure/passwords/argon2-password-hasher.js';

export type HashingLoad = Readonly<{ password: string; passwordHash: string; seconds: number }>;
/** All that was begun, and how long it took until the last was done. */
export type HashingResult = Readonly<{ verified: number; seconds: number }>;

const hasher = new Argon2PasswordHasher();

process.on('message', (load: HashingLoad) => {
  void run(load).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit());

async function run({ password, passwordHash, seconds }: HashingLoad): Promise<HashingResult> {
  const startedAt = performance.now();
  let verified = 0;
  const verifyAgainAndAgain = async () => {
    while (performance.now() - startedAt < seconds * 1_000) {
      if ((await hasher.compare(password, passwordHash)) !== 'right') throw new Error('The password is right.');
      verified += 1;
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), MAX_AT_ONCE) }, verifyAgainAndAgain));
  return { verified, seconds: (performance.now() - startedAt) / 1_000 };
}
