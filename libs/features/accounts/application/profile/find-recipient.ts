import { Injectable } from '@nestjs/common';
import type { User } from '../../domain/user.js';
import { AccountsRepository } from '../accounts.repository.js';

/** Whom a mail goes to, and in which language: null for the default one. */
export type Recipient = Pick<User, 'email' | 'name' | 'locale'>;

/** For features that mail their users. Null when the user is gone. */
@Injectable()
export class FindRecipient {
  constructor(private readonly accounts: AccountsRepository) {}

  async execute(userId: string): Promise<Recipient | null> {
    const user = await this.accounts.findById(userId);
    return user && { email: user.email, name: user.name, locale: user.locale };
  }
}
