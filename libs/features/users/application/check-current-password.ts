import { Injectable } from '@nestjs/common';
import { Audit } from '#platform/kernel/audit.js';
import type { User } from '../domain/user.js';
import { CurrentPasswordWrong, PasswordNotSet, UserNotFound } from '../domain/user.errors.js';
import { PasswordHasher } from './password-hasher.js';
import { UsersRepository } from './users.repository.js';

/** A stolen access token alone must not be enough to take an account over. */
@Injectable()
export class CheckCurrentPassword {
  constructor(
    private readonly users: UsersRepository,
    private readonly hasher: PasswordHasher,
    private readonly audit: Audit,
  ) {}

  /** @throws UserNotFound, PasswordNotSet, CurrentPasswordWrong, PasswordChecksBusy */
  async execute(userId: string, password: string): Promise<User> {
    const user = await this.users.findById(userId);
    if (user === null) throw new UserNotFound();
    if (user.passwordHash === null) throw new PasswordNotSet();
    if (await this.hasher.isRight(password, user.passwordHash)) return user;

    this.audit.notice({ type: 'authentication.failed', subjectId: userId, details: { code: CurrentPasswordWrong.definition.code } });
    const { code, title } = CurrentPasswordWrong.definition;
    throw new CurrentPasswordWrong(undefined, { errors: [{ pointer: '#/currentPassword', code: code.toLowerCase(), detail: `${title}.` }] });
  }
}
