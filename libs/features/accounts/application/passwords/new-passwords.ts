import { Injectable } from '@nestjs/common';
import { requireGoodPassword } from '../../domain/password.js';
import { CommonPasswords } from './common-passwords.js';
import { PasswordHasher } from './password-hasher.js';

/** Every password that is chosen, at registration and later, goes through here. */
@Injectable()
export class NewPasswords {
  constructor(
    private readonly commonPasswords: CommonPasswords,
    private readonly hasher: PasswordHasher,
  ) {}

  /** @throws PasswordRefused, PasswordChecksBusy */
  async hash(password: string, email: string, pointer = '#/password'): Promise<string> {
    await this.requireGood(password, email, pointer);
    return this.hasher.hash(password);
  }

  /** For registrations: registering twice with one password does not contest the own address. @throws PasswordRefused, PasswordChecksBusy */
  async hashComparably(password: string, email: string): Promise<string> {
    await this.requireGood(password, email, '#/password');
    return this.hasher.hash(password, email);
  }

  private async requireGood(password: string, email: string, pointer: string): Promise<void> {
    requireGoodPassword(password, { email, isCommon: await this.commonPasswords.includes(password), pointer });
  }
}
