import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import type { Handshake } from '../application/identity-providers.js';
import type { SignInSeals } from '../application/sign-in-seals.js';
import type { SignInAttempt, SignInCode } from '../domain/sign-in.js';
import { SealedBox } from './sealed-box.js';

@Injectable()
export class EncryptedSignInSeals implements SignInSeals {
  private readonly attempts: SealedBox;
  private readonly codes: SealedBox;
  private readonly handshakeKey: Buffer;

  constructor({ APP_SECRET }: Config) {
    this.attempts = new SealedBox(APP_SECRET, 'sign-in-attempts');
    this.codes = new SealedBox(APP_SECRET, 'sign-in-codes');
    this.handshakeKey = Buffer.from(hkdfSync('sha256', APP_SECRET, '', 'sign-in-handshakes', 32));
  }

  sealAttempt(attempt: SignInAttempt, browser: string): string {
    return this.attempts.seal(JSON.stringify(attempt), browser);
  }

  openAttempt(state: string, browser: string): SignInAttempt | null {
    return parse<SignInAttempt>(this.attempts.open(state, browser));
  }

  /** Derived from attempt and browser: `codeVerifier` does not travel through the browser, and nothing has to be stored. */
  handshake({ id }: SignInAttempt, browser: string): Omit<Handshake, 'state'> {
    const derive = (purpose: string): string =>
      createHmac('sha256', this.handshakeKey).update(`${purpose}:${id}:${browser}`).digest('base64url');
    return { nonce: derive('nonce'), codeVerifier: derive('code-verifier') };
  }

  sealCode(code: SignInCode): string {
    return this.codes.seal(JSON.stringify(code));
  }

  openCode(code: string): SignInCode | null {
    return parse<SignInCode>(this.codes.open(code));
  }

  isVerifierOf(codeChallenge: string, codeVerifier: string): boolean {
    const expected = Buffer.from(createHash('sha256').update(codeVerifier).digest('base64url'));
    const presented = Buffer.from(codeChallenge);
    return expected.length === presented.length && timingSafeEqual(expected, presented);
  }
}

/** Written by us and authenticated: its shape is not in question. */
function parse<Sealed extends { expiresAt: Date }>(text: string | null): Sealed | null {
  if (text === null) return null;
  const value = JSON.parse(text) as Sealed;
  return { ...value, expiresAt: new Date(value.expiresAt) };
}
