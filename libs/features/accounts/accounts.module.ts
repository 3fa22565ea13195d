import { Module } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import { OpenApiTag } from '#platform/http/routes/tag.decorator.js';
import { AccountMailer } from './application/account-mailer.js';
import { AccountsRepository } from './application/accounts.repository.js';
import { AfterPasswordChange } from './application/passwords/after-password-change.js';
import { ChangePassword } from './application/passwords/change-password.js';
import { CheckCurrentPassword } from './application/passwords/check-current-password.js';
import { CommonPasswords } from './application/passwords/common-passwords.js';
import { CredentialsRepository } from './application/passwords/credentials.repository.js';
import { NewPasswords } from './application/passwords/new-passwords.js';
import { PasswordHasher } from './application/passwords/password-hasher.js';
import { ReplacePassword } from './application/passwords/replace-password.js';
import { FindReset } from './application/passwords/reset/find-reset.js';
import { ForgotPassword } from './application/passwords/reset/forgot-password.js';
import { PasswordResetsRepository } from './application/passwords/reset/password-resets.repository.js';
import { ResetPassword } from './application/passwords/reset/reset-password.js';
import { ResetTokens } from './application/passwords/reset/reset-tokens.js';
import { SignInThrottle } from './application/passwords/sign-in-throttle.js';
import { VerifyCredentials } from './application/passwords/verify-credentials.js';
import { FindOrInviteUser } from './application/profile/find-or-invite-user.js';
import { FindRecipient } from './application/profile/find-recipient.js';
import { GetMe } from './application/profile/get-me.js';
import { UpdateMe } from './application/profile/update-me.js';
import { AddUser } from './application/registration/add-user.js';
import { EmailTokens } from './application/registration/email-tokens.js';
import { OpenAccount } from './application/registration/open-account.js';
import { Register } from './application/registration/register.js';
import { RegistrationsRepository } from './application/registration/registrations.repository.js';
import { ResendVerification } from './application/registration/resend-verification.js';
import { VerifyEmail } from './application/registration/verify-email.js';
import { BeginSession } from './application/sessions/begin-session.js';
import { EndMySessions } from './application/sessions/end-my-sessions.js';
import { FindOrCreateUserByEmail } from './application/sessions/find-or-create-user-by-email.js';
import { ListMySessions } from './application/sessions/list-my-sessions.js';
import { Reauthenticate } from './application/sessions/reauthenticate.js';
import { SignInWithPassword } from './application/sessions/sign-in-with-password.js';
import { WithLockedUser } from './application/sessions/with-locked-user.js';
import { MailLinkPagesController } from './http/mail-link-pages.controller.js';
import { MeController } from './http/me.controller.js';
import { MyPasswordController } from './http/my-password.controller.js';
import { MySessionsController } from './http/my-sessions.controller.js';
import { PasswordResetController } from './http/password-reset.controller.js';
import { RegistrationController } from './http/registration.controller.js';
import { SessionsController } from './http/sessions.controller.js';
import { accountsRetention } from './infrastructure/accounts.retention.js';
import { TemplatedAccountMailer } from './infrastructure/mail/templated-account-mailer.js';
import { OpaqueEmailTokens } from './infrastructure/opaque-email-tokens.js';
import { OpaqueResetTokens } from './infrastructure/opaque-reset-tokens.js';
import { Argon2PasswordHasher, RECOMMENDED_COST } from './infrastructure/passwords/argon2-password-hasher.js';
import { ListedCommonPasswords } from './infrastructure/passwords/listed-common-passwords.js';
import { PrismaAccountsRepository } from './infrastructure/prisma-accounts.repository.js';
import { PrismaPasswordResetsRepository } from './infrastructure/prisma-password-resets.repository.js';
import { PrismaRegistrationsRepository } from './infrastructure/prisma-registrations.repository.js';
import { CountedSignInThrottle } from './infrastructure/sign-in-throttle/counted-sign-in-throttle.js';
import { SignInAttemptCounters } from './infrastructure/sign-in-throttle/sign-in-attempt-counters.js';
import { SqlCredentialsRepository } from './infrastructure/sql-credentials.repository.js';
import { RenewRegistrationHandler } from './jobs/renew-registration.handler.js';
import { SendPasswordChangedEmailHandler } from './jobs/send-password-changed-email.handler.js';
import { SendPasswordResetEmailHandler } from './jobs/send-password-reset-email.handler.js';
import { SendVerificationEmailHandler } from './jobs/send-verification-email.handler.js';

const profile = [FindRecipient, GetMe, UpdateMe];
const registration = [AddUser, OpenAccount, Register, ResendVerification, VerifyEmail];
const passwords = [
  AfterPasswordChange,
  ChangePassword,
  CheckCurrentPassword,
  FindReset,
  ForgotPassword,
  NewPasswords,
  ReplacePassword,
  ResetPassword,
];
const sessions = [EndMySessions, ListMySessions, SignInWithPassword, Reauthenticate, VerifyCredentials];
const useCases = [...profile, ...registration, ...passwords, ...sessions];
/** What other features sign people in with. */
const forSignIn = [BeginSession, FindOrCreateUserByEmail, WithLockedUser];
const repositories = [
  { provide: AccountsRepository, useClass: PrismaAccountsRepository },
  { provide: RegistrationsRepository, useClass: PrismaRegistrationsRepository },
  { provide: CredentialsRepository, useClass: SqlCredentialsRepository },
  { provide: PasswordResetsRepository, useClass: PrismaPasswordResetsRepository },
];
const signInAdapters = [
  {
    provide: PasswordHasher,
    inject: [Config],
    useFactory: ({ APP_SECRET }: Config) => new Argon2PasswordHasher(RECOMMENDED_COST, APP_SECRET),
  },
  { provide: CommonPasswords, useClass: ListedCommonPasswords },
  { provide: EmailTokens, useClass: OpaqueEmailTokens },
  { provide: ResetTokens, useClass: OpaqueResetTokens },
  { provide: SignInThrottle, useClass: CountedSignInThrottle },
  SignInAttemptCounters,
];

/** Mounted by apps/api. */
@OpenApiTag({ name: 'Accounts', description: "Registration, passwords, signing in, and what is one's own." })
@Module({
  controllers: [
    RegistrationController,
    SessionsController,
    PasswordResetController,
    MailLinkPagesController,
    MeController,
    MyPasswordController,
    MySessionsController,
  ],
  providers: [...useCases, ...forSignIn, ...repositories, ...signInAdapters],
  exports: [FindRecipient, ...forSignIn],
})
export class AccountsApiModule {}

/** Mounted by apps/admin, through the features that have commands. */
@Module({ providers: [FindOrInviteUser, AddUser, ForgotPassword, ...repositories], exports: [FindOrInviteUser] })
export class AccountsCommandModule {}

const handlers = [
  RenewRegistrationHandler,
  SendVerificationEmailHandler,
  SendPasswordResetEmailHandler,
  SendPasswordChangedEmailHandler,
];
const mail = [OpaqueEmailTokens, OpaqueResetTokens, { provide: AccountMailer, useClass: TemplatedAccountMailer }];

/** Mounted by apps/worker. */
@Module({
  providers: [...handlers, FindRecipient, ...repositories, ...mail, ...accountsRetention],
  exports: [FindRecipient],
})
export class AccountsWorkerModule {}
