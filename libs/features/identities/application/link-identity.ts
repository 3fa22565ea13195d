import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/principal.js';
import { IdentityLinkedElsewhere } from '../domain/identity.errors.js';
import { IdentitiesRepository } from './identities.repository.js';
import { IdentityProviders } from './identity-providers.js';
import { LinkAccount } from './link-account.js';
import type { ListedIdentity } from './list-identities.js';
import { requireSignedIn } from './own-identities.js';
import { type CodeInput, RedeemCode } from './redeem-code.js';

/** The signed-in client redeems the code, with the verifier that only it knows: nobody can plant an external account on somebody else. */
@Injectable()
export class LinkIdentity {
  constructor(
    private readonly redeemCode: RedeemCode,
    private readonly identities: IdentitiesRepository,
    private readonly linkAccount: LinkAccount,
    private readonly providers: IdentityProviders,
  ) {}

  /** What is linked already stays as it is. @throws SignInCodeInvalid, IdentityLinkedElsewhere */
  async execute(principal: Principal, input: CodeInput): Promise<ListedIdentity> {
    requireSignedIn(principal);
    const account = await this.redeemCode.execute(input);
    const known = await this.identities.find(account);
    if (known && known.userId !== principal.id) throw new IdentityLinkedElsewhere();

    const identity = known ?? (await this.linkAccount.execute(account, { userId: principal.id, isNew: false }));
    return { ...identity, provider: this.providers.idOf(identity.issuer) };
  }
}
