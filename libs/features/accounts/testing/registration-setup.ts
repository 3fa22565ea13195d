import { NewPasswords } from '../application/passwords/new-passwords.js';
import { ForgotPassword } from '../application/passwords/reset/forgot-password.js';
import { OpenAccount } from '../application/registration/open-account.js';
import { Register } from '../application/registration/register.js';
import { ResendVerification } from '../application/registration/resend-verification.js';
import { VerifyEmail } from '../application/registration/verify-email.js';
import { accountsSetup } from './accounts-setup.js';
import { workerOf } from './worker.js';

/** The way from a registration to an account, and the worker that mails. */
export function registrationSetup() {
  const setup = accountsSetup();
  const { registrations, resets, hasher, jobs, addUser, clock, transaction, commonPasswords, mailedTokens } = setup;
  const openAccount = new OpenAccount(addUser, new ForgotPassword(resets, jobs, clock), clock);
  return {
    ...setup,
    ...workerOf(setup),
    openAccount,
    register: new Register(new NewPasswords(commonPasswords, hasher), registrations, jobs, clock),
    resendVerification: new ResendVerification(registrations, jobs),
    verifyEmail: new VerifyEmail(mailedTokens, transaction, registrations, openAccount),
  };
}
