import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import type { AppErrorClass } from '../../kernel/errors/app-error.js';
import { CsrfTokenInvalid, OriginNotAllowed } from '../auth.errors.js';
import { OpaqueTokens } from '../tokens/opaque-tokens.js';

/** RFC 9110, section 9.2.1. */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

export type WebRequest = Readonly<{
  method: string;
  headers: Readonly<{
    origin?: string | undefined;
    'sec-fetch-site'?: string | undefined;
    'x-csrf-token'?: string | readonly string[] | undefined;
  }>;
}>;

/**
 * A browser sends cookies along with every request, whichever page causes it. So what changes something has to prove that it comes from a page of ours:
 * by where it comes from, which only browsers say, and by a token that only such a page was given.
 */
@Injectable()
export class CsrfProtection {
  private readonly origins: ReadonlySet<string>;
  private readonly tokens: OpaqueTokens;

  constructor({ APP_SECRET, CORS_ORIGINS, PUBLIC_URL, WEB_URL }: Config) {
    this.tokens = new OpaqueTokens(APP_SECRET, { purpose: 'csrf-tokens', letters: 'cs' });
    this.origins = new Set([...CORS_ORIGINS, PUBLIC_URL, WEB_URL ?? PUBLIC_URL].map((url) => new URL(url).origin));
  }

  /** The same for the whole life of a session, and of no use without its cookies: a page may keep it where scripts can read it. */
  tokenFor(sessionId: string): string {
    return this.tokens.issue(sessionId);
  }

  /** What is wrong with a request that a cookie of this session authenticates; null when nothing is. */
  refusalOf(request: WebRequest, sessionId: string | null): AppErrorClass | null {
    if (SAFE_METHODS.has(request.method)) return null;
    if (request.headers.origin === undefined || this.isForeign(request)) return OriginNotAllowed;
    return this.isTokenOf(sessionId, request) ? null : CsrfTokenInvalid;
  }

  /** @throws OriginNotAllowed, CsrfTokenInvalid */
  require(request: WebRequest, sessionId: string | null): void {
    const Refusal = this.refusalOf(request, sessionId);
    if (Refusal) throw new Refusal(undefined, { auditSubjectId: sessionId });
  }

  /**
   * For sign-ins, which no cookie authenticates yet: another site must not sign somebody into an account of its own choice.
   * @throws OriginNotAllowed
   */
  requireNotForeign(request: WebRequest): void {
    if (this.isForeign(request)) throw new OriginNotAllowed();
  }

  private isForeign({ headers: { origin, 'sec-fetch-site': site } }: WebRequest): boolean {
    return site === 'cross-site' || (origin !== undefined && !this.origins.has(origin));
  }

  private isTokenOf(sessionId: string | null, { headers }: WebRequest): boolean {
    const token = headers['x-csrf-token'];
    return typeof token === 'string' && sessionId !== null && this.tokens.verify(token)?.id === sessionId;
  }
}
