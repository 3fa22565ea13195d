import { Injectable } from '@nestjs/common';
import { CurrentPasswordWrong, PasswordNotSet, UserNotFound } from '../../domain/user.errors.js';
import type { User } from '../../domain/user.js';
import { AccountsRepository } from '../accounts.repository.js';
import { PasswordHasher } from './password-hasher.js';

/** A stolen access token alone must not be enough to take an account over. */
@Injectable()
export class CheckCurrentPassword {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly hasher: PasswordHasher,
  ) {}

  /** @throws UserNotFound, PasswordNotSet, CurrentPasswordWrong, PasswordChecksBusy */
  async execute(userId: string, password: string): Promise<User> {
    const user = await this.accounts.findById(userId);
    if (user === null) throw new UserNotFound();
    if (user.passwordHash === null) throw new PasswordNotSet();
    if ((await this.hasher.compare(password, user.passwordHash)) !== 'wrong') return user;

    const { code, title } = CurrentPasswordWrong.definition;
    const errors = [{ pointer: '#/currentPassword', code: code.toLowerCase(), detail: `${title}.` }];
    throw new CurrentPasswordWrong(undefined, { errors, auditSubjectId: userId });
  }
}
