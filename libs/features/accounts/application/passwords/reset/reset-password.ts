import { Injectable } from '@nestjs/common';
import { NewPasswords } from '../new-passwords.js';
import { ReplacePassword } from '../replace-password.js';
import { SignInThrottle } from '../sign-in-throttle.js';
import { FindReset } from './find-reset.js';

export type ResetPasswordInput = Readonly<{ token: string; password: string }>;

/** Opening the mailed link proves that one owns the address, and so the account. A password that is refused does not use the link up. */
@Injectable()
export class ResetPassword {
  constructor(
    private readonly findReset: FindReset,
    private readonly newPasswords: NewPasswords,
    private readonly replacePassword: ReplacePassword,
    private readonly throttle: SignInThrottle,
  ) {}

  async execute({ token, password }: ResetPasswordInput, ipAddress: string): Promise<void> {
    const { resetId, user } = await this.findReset.execute(token);
    const passwordHash = await this.newPasswords.hash(password, user.email);

    await this.replacePassword.execute(user, { passwordHash, resetId, keepSessionId: null });
    await this.throttle.succeeded(user.email, ipAddress);
  }
}
