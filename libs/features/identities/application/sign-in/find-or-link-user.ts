import { Injectable } from '@nestjs/common';
import { FindOrCreateUserByEmail } from '#features/accounts/index.js';
import { IdentityNotLinked } from '../../domain/identity.errors.js';
import { type ExternalAccount, requireVouchedEmail } from '../../domain/identity.js';
import { AddIdentity } from '../add-identity.js';
import { IdentitiesRepository } from '../identities.repository.js';

/** Whose external account it is: known from before, by an address that both sides have verified, or a new user's. */
@Injectable()
export class FindOrLinkUser {
  constructor(
    private readonly identities: IdentitiesRepository,
    private readonly findOrCreateUserByEmail: FindOrCreateUserByEmail,
    private readonly addIdentity: AddIdentity,
  ) {}

  /** @throws IdentityNotLinked; IdentityLinkedElsewhere, EmailTaken or UserNotFound when others link, register or delete at the same moment */
  async execute(account: ExternalAccount): Promise<string> {
    const known = await this.identities.find(account);
    if (known) return known.userId;

    const user = await this.findOrCreateUserByEmail.execute({
      email: requireVouchedEmail(account),
      name: account.name,
    });
    if (user === null) throw new IdentityNotLinked();
    await this.addIdentity.execute(account, user);
    return user.userId;
  }
}
