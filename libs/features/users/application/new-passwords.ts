import { Injectable } from '@nestjs/common';
import { requireGoodPassword } from '../domain/password.js';
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
    requireGoodPassword(password, { email, isCommon: await this.commonPasswords.includes(password), pointer });
    return this.hasher.hash(password);
  }
}
