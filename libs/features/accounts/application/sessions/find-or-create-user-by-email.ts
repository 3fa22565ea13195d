import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import { normalizeEmail } from '#platform/kernel/values/email-address.js';
import { newId } from '#platform/kernel/values/ids.js';
import { newVerifiedUser } from '../../domain/user.js';
import { AccountsRepository } from '../accounts.repository.js';
import { AddUser } from '../registration/add-user.js';

/** Has proved that the address is theirs. */
export type EmailOwner = Readonly<{ email: string; name: string | null }>;
export type FoundUser = Readonly<{ userId: string; isNew: boolean }>;

/** For features that let people in who have proved elsewhere that an address is theirs. */
@Injectable()
export class FindOrCreateUserByEmail {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly addUser: AddUser,
    private readonly clock: Clock,
  ) {}

  /**
   * The user with this address, or a new one without a password. Null when the user has not verified the address:
   * a stranger may have registered it.
   * @throws EmailTaken when somebody else gets the address at the same moment
   */
  async execute({ email: address, name }: EmailOwner): Promise<FoundUser | null> {
    const email = normalizeEmail(address);
    const known = await this.accounts.findByEmail(email);
    if (known) return known.emailVerifiedAt && { userId: known.id, isNew: false };

    const user = newVerifiedUser({ email, name, locale: null, passwordHash: null }, newId(), this.clock.now());
    await this.addUser.execute(user, { actorId: user.id });
    return { userId: user.id, isNew: true };
  }
}
