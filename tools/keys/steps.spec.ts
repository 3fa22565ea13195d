import { decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import { AccessTokens } from '#platform/auth/tokens/access-tokens.js';
import { SigningKeys } from '#platform/auth/tokens/signing-keys.js';
import { loadEnv } from '#platform/config/load-env.js';
import { newId } from '#platform/kernel/values/ids.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { aValidEnv } from '#platform/testing/env.factory.js';
import { ALGORITHMS, newSigningKey } from '../../libs/platform/config/values/new-signing-key.ts';
import { formatKeySet, type KeySet, Refusal } from './key-set.ts';
import { canSign } from './signing-key.ts';
import { type Moment, publish, retire, sign } from './steps.ts';

const ACCESS_TTL = 600;
const START = new Date('2030-01-01T12:00:00.000Z');

const later = (time: Date, seconds: number) => new Date(time.getTime() + seconds * 1000);
const at = (now: Date, deployedAt: Date | null): Moment => ({ now, deployedAt, isForced: false });
const forced: Moment = { now: START, deployedAt: null, isForced: true };
const aSet = (): KeySet => ({ keys: [newSigningKey('EdDSA')] });

/** A process with this set. */
function running(set: KeySet, clock = new StoppedClock()) {
  const config = loadEnv(aValidEnv({ AUTH_SIGNING_KEYS: formatKeySet(set), AUTH_ACCESS_TTL: String(ACCESS_TTL) }));
  const tokens = new AccessTokens(new SigningKeys(config), clock, config);
  const issue = async () =>
    (await tokens.issue({ userId: newId(), sessionId: newId(), notAfter: new Date('2040-01-01') })).token;
  return {
    issue,
    accepts: (token: string) =>
      tokens.verify(token).then(
        () => true,
        () => false,
      ),
  };
}

const pairs = ALGORITHMS.flatMap((from) => ALGORITHMS.map((to) => ({ from, to })));

describe.each(pairs)('a rotation from $from to $to', ({ from, to }) => {
  it('has processes of each step and of the step before accept what the other signs', async () => {
    const before = { keys: [newSigningKey(from)] };
    const published = publish(before, to, START);
    const signing = sign(published, at(later(START, 3_600), START));
    const retired = retire(signing, ACCESS_TTL, at(later(START, 7_200), later(START, 3_600)));

    const steps = [before, published, signing].map((set) => running(set));
    for (const [index, after] of steps.slice(1).entries()) {
      const [old, fresh] = [steps[index]!, after];
      expect(await old.accepts(await fresh.issue())).toBe(true);
      expect(await fresh.accepts(await old.issue())).toBe(true);
    }
    expect(await running(retired).accepts(await running(signing).issue())).toBe(true);
    expect(decodeProtectedHeader(await running(retired).issue())).toMatchObject({ alg: to, kid: retired.keys[0]!.kid });
    expect(retired.keys).toHaveLength(1);
  });
});

describe('publish', () => {
  it('lets the key that signs go on signing', () => {
    const before = aSet();

    const { keys } = publish(before, 'ES256', START);

    expect(keys.map(({ alg }) => alg)).toEqual(['EdDSA', 'ES256']);
    expect(keys[0]).toBe(before.keys[0]);
  });

  it('refuses a second key while one waits to sign', () => {
    expect(() => publish(publish(aSet(), 'EdDSA', START), 'EdDSA', START)).toThrow(Refusal);
  });
});

describe('sign', () => {
  it('refuses as long as verifiers may not know the new key', () => {
    const set = publish(aSet(), 'EdDSA', START);
    const deployedAt = later(START, 1_000);

    expect(() => sign(set, at(later(deployedAt, 359), deployedAt))).toThrow(/Wait until/);
    expect(() => sign(set, at(later(deployedAt, 360), deployedAt))).not.toThrow();
  });

  it('refuses without a new key', () => {
    expect(() => sign(aSet(), forced)).toThrow(/publish/);
  });

  it('forgets the secret of the key that stops signing', () => {
    const { keys } = sign(publish(aSet(), 'EdDSA', START), forced);

    expect(keys.map(canSign)).toEqual([true, false]);
  });
});

describe('retire', () => {
  it('refuses until the last token of the old key has expired, and no valid token fails after that', async () => {
    const clock = new StoppedClock(START);
    const signing = sign(publish(aSet(), 'EdDSA', START), forced);
    const deployedAt = later(START, 100);
    const lastToken = await running(publish(aSet(), 'EdDSA', START), clock).issue();
    const soonest = later(deployedAt, ACCESS_TTL + 60);

    expect(() => retire(signing, ACCESS_TTL, at(later(soonest, -1), deployedAt))).toThrow(/still valid/);
    expect(retire(signing, ACCESS_TTL, at(soonest, deployedAt)).keys).toEqual([signing.keys[0]]);
    clock.pass(ACCESS_TTL);
    expect(await running(signing, clock).accepts(lastToken)).toBe(false);
  });

  it('refuses when nothing has stopped signing: the new key is not the old one', () => {
    expect(() => retire(aSet(), ACCESS_TTL, forced)).toThrow(Refusal);
    expect(() => retire(publish(aSet(), 'EdDSA', START), ACCESS_TTL, forced)).toThrow(Refusal);
  });
});

describe('a wait', () => {
  const set = publish(aSet(), 'EdDSA', START);
  const muchLater = later(START, 86_400);

  it.each<[string, Date | null, RegExp]>([
    ['nobody says since when it lasts', null, /--deployed-at/],
    ['it has not begun', later(muchLater, 1), /lies ahead/],
    ['it began before there was anything to deploy', later(START, -1), /before the step itself/],
  ])('does not count when %s', (_, deployedAt, complaint) => {
    expect(() => sign(set, at(muchLater, deployedAt))).toThrow(complaint);
  });

  it('is skipped when the key has leaked', () => {
    expect(sign(set, forced).keys[0]!.kid).toBe(set.keys[1]!.kid);
  });
});
