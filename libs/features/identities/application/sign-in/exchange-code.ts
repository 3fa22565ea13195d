import { Injectable } from '@nestjs/common';
import type { SessionClient, SessionTokens } from '#platform/kernel/access/user-sessions.js';
import { type CodeInput, RedeemCode } from './redeem-code.js';
import { SignIn } from './sign-in.js';

@Injectable()
export class ExchangeCode {
  constructor(
    private readonly redeemCode: RedeemCode,
    private readonly signIn: SignIn,
  ) {}

  async execute(input: CodeInput, client: SessionClient): Promise<SessionTokens> {
    return this.signIn.execute(await this.redeemCode.execute(input), client);
  }
}
