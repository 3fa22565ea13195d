import { Injectable, type ValueProvider } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Database, type Statement } from '../database/database.js';

/** Rows of one table that are nothing without their user. The table becomes SQL, so it must be a constant. */
export class ForgottenWithUser {
  readonly statement: Statement;

  constructor(table: string) {
    this.statement = { name: `users.forget-${table}`, text: `DELETE FROM ${table} WHERE user_id = $1` };
  }
}

/** A provider for the API's module of the feature that owns the table. */
export const forgottenWithUser = (table: string): ValueProvider<ForgottenWithUser> => ({
  provide: `rows of users in ${table}`,
  useValue: new ForgottenWithUser(table),
});

/** What features keep of a user, who is deleted: the row of the user stays, so no foreign key removes it. */
@Injectable()
export class RowsOfUsers {
  constructor(
    private readonly database: Database,
    private readonly discovery: DiscoveryService,
  ) {}

  /** In the transaction that deletes the user, and after it has locked the row: what was added meanwhile goes, too. */
  async forget(userId: string): Promise<void> {
    const providers = this.discovery.getProviders().map(({ instance }): unknown => instance);
    for (const rows of providers.filter((each) => each instanceof ForgottenWithUser))
      await this.database.query(rows.statement, [userId]);
  }
}
