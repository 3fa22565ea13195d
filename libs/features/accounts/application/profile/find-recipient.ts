import { Injectable } from '@nestjs/common';
import { AccountsRepository } from '../accounts.repository.js';

export type Recipient = Readonly<{ email: string; name: string | null }>;

/** For features that mail their users. Null when the user is gone. */
@Injectable()
export class FindRecipient {
  constructor(private readonly accounts: AccountsRepository) {}

  async execute(userId: string): Promise<Recipient | null> {
    const user = await this.accounts.findById(userId);
    return user && { email: user.email, name: user.name };
  }
}
