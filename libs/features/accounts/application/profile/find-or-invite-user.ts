import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/kernel/clock.js';
import { normalizeEmail } from '#platform/kernel/values/email-address.js';
import { newId } from '#platform/kernel/values/ids.js';
import { AccountDisabled } from '../../domain/user.errors.js';
import { isUnclaimed, newUnverifiedUser, type User } from '../../domain/user.js';
import { AccountsRepository } from '../accounts.repository.js';
import { ForgotPassword } from '../passwords/reset/forgot-password.js';
import { AddUser } from '../registration/add-user.js';

export type FoundOrInvitedUser = Readonly<{
  userId: string;
  isNew: boolean;
  /** Whether a link to choose the first password is on its way. */
  isInvited: boolean;
}>;

/** For operators, who make accounts for others. */
@Injectable()
export class FindOrInviteUser {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly forgotPassword: ForgotPassword,
    private readonly addUser: AddUser,
    private readonly clock: Clock,
  ) {}

  /**
   * The user with this address, or a new one, who gets a link to choose a password, again with every call until one is chosen.
   * Joins the caller's transaction.
   * @throws AccountDisabled; EmailTaken when somebody else gets the address at the same moment
   */
  async execute(address: string): Promise<FoundOrInvitedUser> {
    const email = normalizeEmail(address);
    const known = await this.accounts.findByEmail(email);
    const user = known ?? (await this.add(email));
    if (user.status !== 'active') throw new AccountDisabled();

    const isInvited = isUnclaimed(user);
    if (isInvited) await this.forgotPassword.execute(email);
    return { userId: user.id, isNew: known === null, isInvited };
  }

  private async add(email: string): Promise<User> {
    const user = newUnverifiedUser(email, newId(), this.clock.now());
    await this.addUser.execute(user);
    return user;
  }
}
