import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import { SignInCodeInvalid } from '../../domain/identity.errors.js';
import type { ExternalAccount } from '../../domain/identity.js';
import { isExpired } from '../../domain/sign-in.js';
import { SpentProofs } from './id-token/spent-proofs.js';
import { SignInCipher } from './sign-in-cipher.js';

export type CodeInput = Readonly<{ code: string; codeVerifier: string }>;

/** Shows whom a code is about, once. */
@Injectable()
export class RedeemCode {
  constructor(
    private readonly cipher: SignInCipher,
    private readonly spentProofs: SpentProofs,
    private readonly clock: Clock,
  ) {}

  /** @throws SignInCodeInvalid */
  async execute({ code, codeVerifier }: CodeInput): Promise<ExternalAccount> {
    const opened = this.cipher.decryptCode(code);
    if (opened === null || isExpired(opened, this.clock.now())) throw new SignInCodeInvalid();

    // Spent before the verifier is looked at: a code that somebody else presented is in the wrong hands.
    const isFirstUse = await this.spentProofs.spend(code, opened.expiresAt);
    if (!isFirstUse || !this.cipher.isVerifierOf(opened.codeChallenge, codeVerifier)) throw new SignInCodeInvalid();
    return opened.account;
  }
}
