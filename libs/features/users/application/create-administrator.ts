import { Injectable } from '@nestjs/common';
import { FindOrInviteUser, type FoundOrInvitedUser } from '#features/accounts/index.js';
import { GrantAdminRole } from '#features/roles/index.js';
import { Transaction } from '#platform/kernel/transaction.js';

/** `isNewAdministrator` is false when they were an administrator before. */
export type CreatedAdministrator = FoundOrInvitedUser & Readonly<{ isNewAdministrator: boolean }>;

@Injectable()
export class CreateAdministrator {
  constructor(
    private readonly transaction: Transaction,
    private readonly findOrInviteUser: FindOrInviteUser,
    private readonly grantAdminRole: GrantAdminRole,
  ) {}

  /** As often as one likes: it makes what is missing. @throws AccountDisabled */
  execute(email: string): Promise<CreatedAdministrator> {
    return this.transaction.run(async () => {
      const user = await this.findOrInviteUser.execute(email);
      return { ...user, isNewAdministrator: await this.grantAdminRole.execute(user.userId) };
    });
  }
}
