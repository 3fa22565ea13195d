import { Injectable } from '@nestjs/common';
import type { SessionClient, SessionTokens } from '#platform/kernel/access/user-sessions.js';
import { SignIn } from '../sign-in.js';
import { type IdTokenInput, RedeemIdToken } from './redeem-id-token.js';

@Injectable()
export class SignInWithIdToken {
  constructor(
    private readonly redeemIdToken: RedeemIdToken,
    private readonly signIn: SignIn,
  ) {}

  async execute(input: IdTokenInput, client: SessionClient): Promise<SessionTokens> {
    return this.signIn.execute(await this.redeemIdToken.execute(input), client);
  }
}
