import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { type CodeInput, RedeemCode } from '../sign-in/redeem-code.js';
import { LinkIdentity } from './link-identity.js';
import type { ListedIdentity } from './list-identities.js';

/** The signed-in client redeems the code, with the verifier that only it knows: nobody can plant an external account on somebody else. */
@Injectable()
export class LinkWithCode {
  constructor(
    private readonly redeemCode: RedeemCode,
    private readonly linkIdentity: LinkIdentity,
  ) {}

  async execute(principal: Principal, input: CodeInput): Promise<ListedIdentity> {
    return this.linkIdentity.execute(principal, await this.redeemCode.execute(input));
  }
}
