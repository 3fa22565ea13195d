import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { deriveKey } from '#platform/config/derived-key.js';
import type { PasswordHasher, PasswordMatch } from '../../application/passwords/password-hasher.js';
import { preparePassword } from '../../domain/password.js';
import { HashingSlots } from './hashing-slots.js';

/** `memory` in KiB. */
export type Argon2Cost = Readonly<{ memory: number; passes: number }>;

/** OWASP's first choice for argon2id (Password Storage Cheat Sheet): 7 to 10 ms of one core. */
export const RECOMMENDED_COST: Argon2Cost = { memory: 19_456, passes: 2 };

/** The costs in a PHC string; older variants and versions do not match. */
const ARGON2ID = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$/;

const SALT_BYTES = 16;
/** Of argon2 itself (RFC 9106, section 3.1), in KiB. */
const LEAST_MEMORY = 8;

/** libuv has four threads. One stays free, so that signatures and name look-ups do not queue up behind passwords. */
export const MAX_AT_ONCE = 3;
/** About half a second of work for each that runs. */
const MAX_WAITING_EACH = 50;

/** argon2id on libuv's threads: the event loop does not notice. */
export class Argon2PasswordHasher implements PasswordHasher {
  private readonly slots: HashingSlots;
  /** The hash of a random password: unknown addresses are compared with it, so that they take as long as known ones. */
  private readonly nobodys: Promise<string>;

  /** `secret` makes the salts of comparable hashes, so that nobody else can know them in advance. */
  constructor(
    private readonly cost: Argon2Cost = RECOMMENDED_COST,
    private readonly secret: string = randomBytes(32).toString('hex'),
  ) {
    const atOnce = Math.min(availableParallelism(), MAX_AT_ONCE);
    this.slots = new HashingSlots(atOnce, atOnce * MAX_WAITING_EACH);
    this.nobodys = this.hash(randomBytes(32).toString('base64'));
  }

  hash(password: string, owner?: string): Promise<string> {
    const { memory, passes } = this.cost;
    const salt =
      owner === undefined
        ? randomBytes(SALT_BYTES)
        : deriveKey(this.secret, 'password-salt', { bytes: SALT_BYTES, salt: owner });
    return this.slots.run(() =>
      hash(preparePassword(password), { memoryCost: memory, timeCost: passes, parallelism: 1, salt }),
    );
  }

  async compare(password: string, passwordHash: string | null): Promise<PasswordMatch> {
    const compared = passwordHash ?? (await this.nobodys);
    const missing = missingCost(costOf(compared), this.cost);
    const [prepared, ...unprepared] = spellingsOf(password);
    return this.slots.run(async () => {
      if (await verify(compared, prepared)) return passwordHash === null ? 'wrong' : this.ageOf(passwordHash);
      await this.spend(missing, password);
      for (const spelling of unprepared) {
        if (await verify(compared, spelling)) return passwordHash === null ? 'wrong' : 'outdated';
        await this.spend(missing, password);
      }
      return 'wrong';
    });
  }

  private ageOf(passwordHash: string): PasswordMatch {
    const { memory, passes } = costOf(passwordHash);
    return memory < this.cost.memory || passes < this.cost.passes ? 'outdated' : 'right';
  }

  private async spend(cost: Argon2Cost | null, password: string): Promise<void> {
    if (cost) await hash(password, { memoryCost: cost.memory, timeCost: cost.passes, parallelism: 1 });
  }
}

/**
 * As it is hashed, and then as it may have been hashed before passwords were prepared: as it was typed, and as other keyboards compose it.
 * One for most passwords; that others take longer tells only what the caller has sent.
 */
function spellingsOf(password: string): [string, ...string[]] {
  const prepared = preparePassword(password);
  const others = new Set([password, prepared.normalize('NFD')]);
  others.delete(prepared);
  return [prepared, ...others];
}

/** Older variants count as free: so they are outdated, and a wrong password takes as long as today's and more. */
function costOf(passwordHash: string): Argon2Cost {
  const [, memory, passes] = ARGON2ID.exec(passwordHash) ?? [];
  return { memory: Number(memory ?? 0), passes: Number(passes ?? 0) };
}

/**
 * How much cheaper a stored hash was than one of today. A wrong password pays for the difference: otherwise its time would tell
 * which accounts have not signed in since the cost was raised, and so that they exist. Time goes with memory times passes.
 */
export function missingCost(stored: Argon2Cost, today: Argon2Cost): Argon2Cost | null {
  const missing = today.memory * today.passes - stored.memory * stored.passes;
  if (missing < LEAST_MEMORY) return null;

  const passes = Math.ceil(missing / today.memory);
  return { memory: Math.max(LEAST_MEMORY, Math.ceil(missing / passes)), passes };
}
