import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import { deriveKey } from '#platform/config/derived-key.js';
import type { AuthorizationChecks } from '../application/identity-providers.js';
import type { SignInCipher } from '../application/sign-in/sign-in-cipher.js';
import type { SignInAttempt, SignInCode } from '../domain/sign-in.js';
import { AuthenticatedEncryption } from './authenticated-encryption.js';

@Injectable()
export class AesSignInCipher implements SignInCipher {
  private readonly attempts: AuthenticatedEncryption;
  private readonly codes: AuthenticatedEncryption;
  private readonly checksKey: Buffer;

  constructor({ APP_SECRET }: Config) {
    this.attempts = new AuthenticatedEncryption(APP_SECRET, 'sign-in-attempts');
    this.codes = new AuthenticatedEncryption(APP_SECRET, 'sign-in-codes');
    this.checksKey = deriveKey(APP_SECRET, 'sign-in-handshakes');
  }

  encryptAttempt(attempt: SignInAttempt, browser: string): string {
    return this.attempts.encrypt(JSON.stringify(attempt), browser);
  }

  decryptAttempt(state: string, browser: string): SignInAttempt | null {
    return parse<SignInAttempt>(this.attempts.decrypt(state, browser));
  }

  /** Derived from attempt and browser: `codeVerifier` does not travel through the browser, and nothing has to be stored. */
  checksFor({ id }: SignInAttempt, browser: string): Omit<AuthorizationChecks, 'state'> {
    const derive = (purpose: string): string =>
      createHmac('sha256', this.checksKey).update(`${purpose}:${id}:${browser}`).digest('base64url');
    return { nonce: derive('nonce'), codeVerifier: derive('code-verifier') };
  }

  encryptCode(code: SignInCode): string {
    return this.codes.encrypt(JSON.stringify(code));
  }

  decryptCode(code: string): SignInCode | null {
    return parse<SignInCode>(this.codes.decrypt(code));
  }

  isVerifierOf(codeChallenge: string, codeVerifier: string): boolean {
    const expected = Buffer.from(createHash('sha256').update(codeVerifier).digest('base64url'));
    const presented = Buffer.from(codeChallenge);
    return expected.length === presented.length && timingSafeEqual(expected, presented);
  }
}

/** Only what we have encrypted decrypts, so its shape needs no check. */
function parse<Encrypted extends { expiresAt: Date }>(text: string | null): Encrypted | null {
  if (text === null) return null;
  const value = JSON.parse(text) as Encrypted;
  return { ...value, expiresAt: new Date(value.expiresAt) };
}
