import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import type { PasswordHasher } from '../application/password-hasher.js';
import { HashingSlots } from './hashing-slots.js';

/** `memory` in KiB. */
export type Argon2Cost = Readonly<{ memory: number; passes: number }>;

/** OWASP's first choice for argon2id (Password Storage Cheat Sheet): 7 to 10 ms of one core. */
export const RECOMMENDED_COST: Argon2Cost = { memory: 19_456, passes: 2 };

/** The costs in a PHC string; older variants and versions do not match, and count as costing nothing. */
const ARGON2ID = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$/;

/** libuv has four threads. One stays free, so that signatures and name look-ups do not queue up behind passwords. */
export const MAX_AT_ONCE = 3;
/** About half a second of work for each that runs. */
const MAX_WAITING_EACH = 50;

/** argon2id on libuv's threads: the event loop does not notice. */
export class Argon2PasswordHasher implements PasswordHasher {
  private readonly slots: HashingSlots;
  /** Of a password that nobody knows. */
  private readonly nobodys: Promise<string>;

  constructor(private readonly cost: Argon2Cost = RECOMMENDED_COST) {
    const atOnce = Math.min(availableParallelism(), MAX_AT_ONCE);
    this.slots = new HashingSlots(atOnce, atOnce * MAX_WAITING_EACH);
    this.nobodys = this.hash(randomBytes(32).toString('base64'));
  }

  hash(password: string): Promise<string> {
    const { memory, passes } = this.cost;
    return this.slots.run(() => hash(password, { memoryCost: memory, timeCost: passes, parallelism: 1 }));
  }

  async isRight(password: string, passwordHash: string | null): Promise<boolean> {
    const compared = passwordHash ?? (await this.nobodys);
    const isRight = await this.slots.run(() => verify(compared, password));
    return isRight && passwordHash !== null;
  }

  isOutdated(passwordHash: string): boolean {
    const [, memory, passes] = ARGON2ID.exec(passwordHash) ?? [];
    return !(Number(memory) >= this.cost.memory && Number(passes) >= this.cost.passes);
  }
}
