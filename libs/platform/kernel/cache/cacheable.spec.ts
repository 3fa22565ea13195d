import { describe, expect, it } from 'vitest';
import type { SensitiveField } from './cacheable.js';

/** True when the two types are the same: a wrong one is refused by the type checker, before the test runs. */
type Same<One, Other> = [One, Other] extends [Other, One] ? true : false;
const holds = <Claim extends true>(claim: Claim) => claim;

type Order = Readonly<{ id: string; items: readonly Readonly<{ sku: string }>[]; placedAt: Date; note: string | null }>;
type Deep = Readonly<{ pages: readonly Readonly<{ owner?: Readonly<{ emailAddress: string; name: string }> }>[] }>;

describe('the fields that no cache may hold', () => {
  it('are found by their names, at any depth', () => {
    expect([
      holds<Same<SensitiveField<{ id: string; passwordHash: string | null }>, 'passwordHash'>>(true),
      holds<Same<SensitiveField<{ newPassword: string; email: string }>, 'newPassword' | 'email'>>(true),
      holds<Same<SensitiveField<Deep>, 'emailAddress'>>(true),
      holds<Same<SensitiveField<{ refresh_token: string }[]>, 'refresh_token'>>(true),
      holds<Same<SensitiveField<{ clientSecret?: string }>, 'clientSecret'>>(true),
      holds<Same<SensitiveField<{ kind: 'a' } | { kind: 'b'; apiKey: string }>, 'apiKey'>>(true),
      holds<Same<SensitiveField<{ codeVerifier: string }>, 'codeVerifier'>>(true),
    ]).not.toContain(false);
  });

  it('are none of those that only sound alike, or only say yes or no', () => {
    expect([
      holds<Same<SensitiveField<Order>, never>>(true),
      holds<Same<SensitiveField<{ passwordChangedAt: Date; tokensLeft: number }>, never>>(true),
      holds<Same<SensitiveField<{ hasPassword: boolean; email: null }>, never>>(true),
    ]).not.toContain(false);
  });
});
