import { Injectable } from '@nestjs/common';
import { errors, type JWTHeaderParameters, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { Config } from '../../config/config.js';
import { Clock } from '../../kernel/clock.js';
import { isId, newId } from '../../kernel/values/ids.js';
import { AccessTokenExpired, AccessTokenInvalid } from '../auth.errors.js';
import { SigningKeys } from './signing-keys.js';

/** RFC 9068, section 2.1: tells an access token from every other kind that the same key may sign. */
const TYPE = 'at+jwt';
/** RFC 9068 asks for the client; we have one kind. */
const CLIENT_ID = 'first-party';
const REQUIRED_CLAIMS = ['sub', 'sid', 'jti', 'iat', 'exp', 'client_id'];
/** Nothing else is read, so nothing else may be there: no `jku`, `jwk` or `x5u` to lead a verifier astray. */
const HEADER_MEMBERS: ReadonlySet<string> = new Set(['alg', 'kid', 'typ']);
/** About ten megabytes at most. */
const CACHED_TOKENS = 10_000;

/** At most, between the machines of one service. */
const CLOCKS_DIFFER_BY_SECONDS = 60;

export type AccessGrant = Readonly<{ userId: string; sessionId: string; notAfter: Date }>;
export type AccessToken = Readonly<{ token: string; expiresIn: number }>;
export type VerifiedToken = Readonly<{ userId: string; sessionId: string; expiresAt: Date }>;

/** Short-lived proof of a session (RFC 9068), which any service can verify with our public keys. */
@Injectable()
export class AccessTokens {
  private readonly verified = new LRUCache<string, VerifiedToken>({ max: CACHED_TOKENS });
  private readonly issuer: string;

  constructor(
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {
    this.issuer = config.AUTH_ISSUER ?? config.PUBLIC_URL;
  }

  /** Never outlives `notAfter`, the end of the session. */
  async issue({ userId, sessionId, notAfter }: AccessGrant): Promise<AccessToken> {
    const now = secondsOf(this.clock.now());
    const expiresIn = Math.max(0, Math.min(this.config.AUTH_ACCESS_TTL, secondsOf(notAfter) - now));
    const { kid, alg, key } = this.keys.current;

    const token = await new SignJWT({ client_id: CLIENT_ID, sid: sessionId })
      .setProtectedHeader({ alg, kid, typ: TYPE })
      .setIssuer(this.issuer)
      .setSubject(userId)
      .setAudience(this.config.AUTH_AUDIENCE)
      .setIssuedAt(now)
      .setExpirationTime(now + expiresIn)
      .setJti(newId())
      .sign(key);
    return { token, expiresIn };
  }

  /** A token that was verified before and has not expired, found by its whole text: one bit of difference is another token. */
  cached(token: string): VerifiedToken | undefined {
    const known = this.verified.get(token);
    return known && known.expiresAt > this.clock.now() ? known : undefined;
  }

  /** @throws AccessTokenExpired, AccessTokenInvalid */
  async verify(token: string): Promise<VerifiedToken> {
    const verified = this.cached(token) ?? (await this.check(token));
    this.verified.set(token, verified);
    return verified;
  }

  private async check(token: string): Promise<VerifiedToken> {
    try {
      requireOneSpelling(token);
      const { payload } = await jwtVerify(token, (header) => this.keyFor(header), {
        issuer: this.issuer,
        audience: this.config.AUTH_AUDIENCE,
        typ: TYPE,
        requiredClaims: REQUIRED_CLAIMS,
        currentDate: this.clock.now(),
      });
      return this.read(payload);
    } catch (cause) {
      if (cause instanceof errors.JWTExpired) throw new AccessTokenExpired(undefined, { cause });
      throw new AccessTokenInvalid(undefined, { cause });
    }
  }

  /** The key decides about the algorithm, never the token. */
  private keyFor(header: JWTHeaderParameters) {
    const key = this.keys.find(header.kid ?? '');
    if (key?.alg !== header.alg) throw new Error('No key of ours signed this.');
    if (!Object.keys(header).every((member) => HEADER_MEMBERS.has(member)))
      throw new Error('The header has more to say than it should.');
    return key.key;
  }

  private read({ sub, sid, iat, exp = 0 }: JWTPayload): VerifiedToken {
    if (!isIdClaim(sub) || !isIdClaim(sid) || typeof iat !== 'number') throw new Error('The claims are not ours.');
    if (iat > secondsOf(this.clock.now()) + CLOCKS_DIFFER_BY_SECONDS)
      throw new Error('The token comes from the future.');
    // Ended sessions are remembered for the life of an access token; one that was made to live longer would outlast that memory.
    if (exp - iat > this.config.AUTH_ACCESS_TTL) throw new Error('The token lives too long.');
    return { userId: sub, sessionId: sid, expiresAt: new Date(exp * 1000) };
  }
}

/** Postgres would answer anything else with an error of its own. */
const isIdClaim = (claim: unknown): claim is string => typeof claim === 'string' && isId(claim);

const secondsOf = (time: Date): number => Math.floor(time.getTime() / 1000);

/** The last character of a base64url signature has bits that say nothing: another spelling would be another text of the same token. */
function requireOneSpelling(token: string): void {
  const signature = token.slice(token.lastIndexOf('.') + 1);
  if (Buffer.from(signature, 'base64url').toString('base64url') !== signature)
    throw new Error('The signature is misspelled.');
}
