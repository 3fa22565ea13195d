import { type Algorithm, newSigningKey } from '../../libs/platform/config/values/new-signing-key.ts';
import { type KeySet, Refusal } from './key-set.ts';
import { canSign, type SigningKey, withoutSecret } from './signing-key.ts';

/** How long verifiers may keep our public keys: the max-age of /.well-known/jwks.json. */
export const JWKS_MAX_AGE_SECONDS = 300;
/** Clocks differ. */
const SLACK_SECONDS = 60;

export type Moment = Readonly<{
  now: Date;
  /** When the last process with the set of the step before was up. */
  deployedAt: Date | null;
  /** Goes on although tokens may fail: for keys that somebody else has. */
  isForced: boolean;
}>;

/** A new key, known to all before it signs. */
export function publish({ keys }: KeySet, alg: Algorithm, now: Date): KeySet {
  const waiting = keys.slice(1).find(canSign);
  if (waiting)
    throw new Refusal(`The key ${waiting.kid} is published already and waits to sign. The next step is: sign.`);
  return { keys: [...keys, { ...newSigningKey(alg), since: now.toISOString() }] };
}

/** The new key signs; the one before verifies what it has signed, and its secret is gone. */
export function sign({ keys }: KeySet, moment: Moment): KeySet {
  const next = keys.slice(1).find(canSign);
  if (!next) throw new Refusal('No new key is published. The first step is: publish.');
  const wait = JWKS_MAX_AGE_SECONDS + SLACK_SECONDS;
  requireDeployedFor(
    wait,
    'Others may have kept our keys without the new one, and would refuse what it signs',
    next,
    moment,
  );

  const since = moment.now.toISOString();
  const others = keys.filter(({ kid }) => kid !== next.kid);
  return {
    keys: [{ ...next, since }, ...others.map((key, index) => (index === 0 ? { ...withoutSecret(key), since } : key))],
  };
}

/** What only verified goes, when all it has signed has expired. */
export function retire({ keys }: KeySet, accessTtlSeconds: number, moment: Moment): KeySet {
  const old = keys.filter((key, index) => index > 0 && !canSign(key));
  const [first] = old;
  if (!first) throw new Refusal('No key has stopped signing. There is nothing to retire.');
  const latest = old.reduce((one, other) => ((one.since ?? '') > (other.since ?? '') ? one : other), first);
  requireDeployedFor(
    accessTtlSeconds + SLACK_SECONDS,
    'Tokens that the old key has signed are still valid',
    latest,
    moment,
  );

  return { keys: keys.filter((key) => !old.includes(key)) };
}

function requireDeployedFor(
  seconds: number,
  reason: string,
  { since }: SigningKey,
  { now, deployedAt, isForced }: Moment,
): void {
  if (isForced) return;
  if (deployedAt === null)
    throw new Refusal('Say since when every process has had the set of the step before: --deployed-at=<time>.');
  if (deployedAt > now) throw new Refusal('--deployed-at lies ahead.');
  if (since !== undefined && deployedAt < new Date(since))
    throw new Refusal(`--deployed-at is before the step itself, which was at ${since}.`);

  const readyAt = new Date(deployedAt.getTime() + seconds * 1000);
  if (readyAt > now) throw new Refusal(`${reason}. Wait until ${readyAt.toISOString()}.`);
}
