import { Injectable } from '@nestjs/common';
import { AppointAdministrator } from '#features/roles/index.js';
import { type ProvidedAccount, ProvideAccount } from '#features/users/index.js';
import { Transaction } from '#platform/kernel/transaction.js';

/** `isAppointed` is false when they were an administrator before. */
export type CreatedAdministrator = ProvidedAccount & Readonly<{ isAppointed: boolean }>;

@Injectable()
export class CreateAdministrator {
  constructor(
    private readonly transaction: Transaction,
    private readonly provideAccount: ProvideAccount,
    private readonly appointAdministrator: AppointAdministrator,
  ) {}

  /** As often as one likes: it makes what is missing. @throws AccountDisabled */
  execute(email: string): Promise<CreatedAdministrator> {
    return this.transaction.run(async () => {
      const account = await this.provideAccount.execute(email);
      return { ...account, isAppointed: await this.appointAdministrator.execute(account.userId) };
    });
  }
}
