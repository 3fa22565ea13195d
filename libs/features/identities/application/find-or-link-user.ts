import { Injectable } from '@nestjs/common';
import { AdmitByEmail } from '#features/users/index.js';
import { IdentityNotLinked } from '../domain/identity.errors.js';
import { type ExternalAccount, requireVouchedEmail } from '../domain/identity.js';
import { IdentitiesRepository } from './identities.repository.js';
import { LinkAccount } from './link-account.js';

/** Whose external account it is: known from before, by an address that both sides have verified, or a new user's. */
@Injectable()
export class FindOrLinkUser {
  constructor(
    private readonly identities: IdentitiesRepository,
    private readonly admitByEmail: AdmitByEmail,
    private readonly linkAccount: LinkAccount,
  ) {}

  /** @throws IdentityNotLinked; IdentityLinkedElsewhere, EmailTaken or UserNotFound when the same is done, or undone, at the same moment */
  async execute(account: ExternalAccount): Promise<string> {
    const known = await this.identities.find(account);
    if (known) return known.userId;

    const admitted = await this.admitByEmail.execute({ email: requireVouchedEmail(account), name: account.name });
    if (admitted === null) throw new IdentityNotLinked();
    await this.linkAccount.execute(account, admitted);
    return admitted.userId;
  }
}
