import { AfterPasswordChange } from '../application/passwords/after-password-change.js';
import { ChangePassword } from '../application/passwords/change-password.js';
import { CheckCurrentPassword } from '../application/passwords/check-current-password.js';
import { NewPasswords } from '../application/passwords/new-passwords.js';
import { ReplacePassword } from '../application/passwords/replace-password.js';
import { FindReset } from '../application/passwords/reset/find-reset.js';
import { ForgotPassword } from '../application/passwords/reset/forgot-password.js';
import { ResetPassword } from '../application/passwords/reset/reset-password.js';
import { accountsSetup } from './accounts-setup.js';
import { workerOf } from './worker.js';

export const OLD = 'correct horse';
export const NEW = 'battery staple';

/** The use cases of passwords, and the worker that mails. Everybody's password is OLD. */
export function passwordsSetup() {
  const setup = accountsSetup();
  const { users, resets, hasher, sessions, jobs, audit, clock, throttle, commonPasswords, mailedTokens } = setup;
  const worker = workerOf(setup);
  const newPasswords = new NewPasswords(commonPasswords, hasher);
  const checkCurrentPassword = new CheckCurrentPassword(users, hasher);
  const afterPasswordChange = new AfterPasswordChange(sessions, jobs, audit);
  const replacePassword = new ReplacePassword(resets, users, afterPasswordChange, clock);
  const findReset = new FindReset(mailedTokens, resets, users, clock);
  const forgotPassword = new ForgotPassword(resets, jobs, clock);
  return {
    ...setup,
    ...worker,
    checkCurrentPassword,
    afterPasswordChange,
    replacePassword,
    findReset,
    forgotPassword,
    changePassword: new ChangePassword(checkCurrentPassword, newPasswords, replacePassword),
    resetPassword: new ResetPassword(findReset, newPasswords, replacePassword, throttle),
    /** Of the link that its owner gets. */
    async aMailedToken(email: string): Promise<string> {
      await forgotPassword.execute(email);
      await worker.runJobs();
      return worker.resetTokens().at(-1)!;
    },
  };
}
