import { Module } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import { AccountMailer } from './application/account-mailer.js';
import { AfterPasswordChange } from './application/after-password-change.js';
import { BeginSession } from './application/begin-session.js';
import { ChangePassword } from './application/change-password.js';
import { CheckCurrentPassword } from './application/check-current-password.js';
import { CommonPasswords } from './application/common-passwords.js';
import { CredentialsRepository } from './application/credentials.repository.js';
import { EmailTokens } from './application/email-tokens.js';
import { EndMySessions } from './application/end-my-sessions.js';
import { FindOrCreateUserByEmail } from './application/find-or-create-user-by-email.js';
import { FindOrInviteUser } from './application/find-or-invite-user.js';
import { FindRecipient } from './application/find-recipient.js';
import { FindReset } from './application/find-reset.js';
import { ForgotPassword } from './application/forgot-password.js';
import { GetMe } from './application/get-me.js';
import { ListMySessions } from './application/list-my-sessions.js';
import { LogIn } from './application/log-in.js';
import { NewPasswords } from './application/new-passwords.js';
import { OpenAccount } from './application/open-account.js';
import { PasswordHasher } from './application/password-hasher.js';
import { PasswordResetsRepository } from './application/password-resets.repository.js';
import { Reauthenticate } from './application/reauthenticate.js';
import { Register } from './application/register.js';
import { RegistrationsRepository } from './application/registrations.repository.js';
import { ReplacePassword } from './application/replace-password.js';
import { ResendVerification } from './application/resend-verification.js';
import { ResetPassword } from './application/reset-password.js';
import { ResetTokens } from './application/reset-tokens.js';
import { SignInThrottle } from './application/sign-in-throttle.js';
import { UpdateMe } from './application/update-me.js';
import { UsersRepository } from './application/users.repository.js';
import { VerifyCredentials } from './application/verify-credentials.js';
import { VerifyEmail } from './application/verify-email.js';
import { WithLockedUser } from './application/with-locked-user.js';
import { MailLinkPagesController } from './http/mail-link-pages.controller.js';
import { MeController } from './http/me.controller.js';
import { MyPasswordController } from './http/my-password.controller.js';
import { MySessionsController } from './http/my-sessions.controller.js';
import { PasswordResetController } from './http/password-reset.controller.js';
import { RegistrationController } from './http/registration.controller.js';
import { SessionsController } from './http/sessions.controller.js';
import { Argon2PasswordHasher, RECOMMENDED_COST } from './infrastructure/argon2-password-hasher.js';
import { CountedSignInThrottle } from './infrastructure/counted-sign-in-throttle.js';
import { ListedCommonPasswords } from './infrastructure/listed-common-passwords.js';
import { OpaqueEmailTokens } from './infrastructure/opaque-email-tokens.js';
import { OpaqueResetTokens } from './infrastructure/opaque-reset-tokens.js';
import { PrismaPasswordResetsRepository } from './infrastructure/prisma-password-resets.repository.js';
import { PrismaRegistrationsRepository } from './infrastructure/prisma-registrations.repository.js';
import { PrismaUsersRepository } from './infrastructure/prisma-users.repository.js';
import { SignInAttemptCounters } from './infrastructure/sign-in-attempt-counters.js';
import { SqlCredentialsRepository } from './infrastructure/sql-credentials.repository.js';
import { TemplatedAccountMailer } from './infrastructure/templated-account-mailer.js';
import { RenewRegistrationHandler } from './jobs/renew-registration.handler.js';
import { SendPasswordChangedEmailHandler } from './jobs/send-password-changed-email.handler.js';
import { SendPasswordResetEmailHandler } from './jobs/send-password-reset-email.handler.js';
import { SendVerificationEmailHandler } from './jobs/send-verification-email.handler.js';

const profile = [FindRecipient, GetMe, UpdateMe];
const registration = [OpenAccount, Register, ResendVerification, VerifyEmail];
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
const sessions = [EndMySessions, ListMySessions, LogIn, Reauthenticate, VerifyCredentials];
const useCases = [...profile, ...registration, ...passwords, ...sessions];
/** What other features sign people in with. */
const forSignIn = [BeginSession, FindOrCreateUserByEmail, WithLockedUser];
const repositories = [
  { provide: UsersRepository, useClass: PrismaUsersRepository },
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
export class UsersApiModule {}

/** Mounted by apps/admin, through the features that have commands. */
@Module({ providers: [FindOrInviteUser, ForgotPassword, ...repositories], exports: [FindOrInviteUser] })
export class UsersCommandModule {}

const handlers = [
  RenewRegistrationHandler,
  SendVerificationEmailHandler,
  SendPasswordResetEmailHandler,
  SendPasswordChangedEmailHandler,
];
const mail = [OpaqueEmailTokens, OpaqueResetTokens, { provide: AccountMailer, useClass: TemplatedAccountMailer }];

/** Mounted by apps/worker. */
@Module({
  providers: [...handlers, FindRecipient, ...repositories, ...mail],
  exports: [FindRecipient],
})
export class UsersWorkerModule {}
