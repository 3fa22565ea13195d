import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { type IdTokenInput, RedeemIdToken } from '../sign-in/id-token/redeem-id-token.js';
import { LinkIdentity } from './link-identity.js';
import type { ListedIdentity } from './list-identities.js';

@Injectable()
export class LinkWithIdToken {
  constructor(
    private readonly redeemIdToken: RedeemIdToken,
    private readonly linkIdentity: LinkIdentity,
  ) {}

  async execute(principal: Principal, input: IdTokenInput): Promise<ListedIdentity> {
    return this.linkIdentity.execute(principal, await this.redeemIdToken.execute(input));
  }
}
