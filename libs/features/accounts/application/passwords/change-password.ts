import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { CheckCurrentPassword } from './check-current-password.js';
import { NewPasswords } from './new-passwords.js';
import { ReplacePassword } from './replace-password.js';

export type ChangePasswordInput = Readonly<{ currentPassword: string; newPassword: string }>;

@Injectable()
export class ChangePassword {
  constructor(
    private readonly checkCurrentPassword: CheckCurrentPassword,
    private readonly newPasswords: NewPasswords,
    private readonly replacePassword: ReplacePassword,
  ) {}

  /** The session that asks lives on; every other session ends. */
  async execute({ id, sessionId }: Principal, { currentPassword, newPassword }: ChangePasswordInput): Promise<void> {
    const user = await this.checkCurrentPassword.execute(id, currentPassword);
    const passwordHash = await this.newPasswords.hash(newPassword, user.email, '#/newPassword');

    await this.replacePassword.execute(user, { passwordHash, resetId: null, keepSessionId: sessionId });
  }
}
