import { Module } from '@nestjs/common';
import { Sessions } from '#platform/auth/sessions.js';
import { AccountMailer } from './application/account-mailer.js';
import { CommonPasswords } from './application/common-passwords.js';
import { CredentialsRepository } from './application/credentials.repository.js';
import { EmailTokens } from './application/email-tokens.js';
import { FindRecipient } from './application/find-recipient.js';
import { GetMe } from './application/get-me.js';
import { LogIn } from './application/log-in.js';
import { NewPasswords } from './application/new-passwords.js';
import { PasswordHasher } from './application/password-hasher.js';
import { Register } from './application/register.js';
import { RegistrationsRepository } from './application/registrations.repository.js';
import { ResendVerification } from './application/resend-verification.js';
import { UpdateMe } from './application/update-me.js';
import { UserSessions } from './application/user-sessions.js';
import { UsersRepository } from './application/users.repository.js';
import { VerifyEmail } from './application/verify-email.js';
import { MeController } from './http/me.controller.js';
import { RegistrationController } from './http/registration.controller.js';
import { SessionsController } from './http/sessions.controller.js';
import { Argon2PasswordHasher } from './infrastructure/argon2-password-hasher.js';
import { ListedCommonPasswords } from './infrastructure/listed-common-passwords.js';
import { PrismaRegistrationsRepository } from './infrastructure/prisma-registrations.repository.js';
import { PrismaUsersRepository } from './infrastructure/prisma-users.repository.js';
import { SealedEmailTokens } from './infrastructure/sealed-email-tokens.js';
import { SqlCredentialsRepository } from './infrastructure/sql-credentials.repository.js';
import { TemplatedAccountMailer } from './infrastructure/templated-account-mailer.js';
import { SendVerificationEmailHandler } from './jobs/send-verification-email.handler.js';

const useCases = [FindRecipient, GetMe, LogIn, NewPasswords, Register, ResendVerification, UpdateMe, VerifyEmail];
const repositories = [
  { provide: UsersRepository, useClass: PrismaUsersRepository },
  { provide: RegistrationsRepository, useClass: PrismaRegistrationsRepository },
  { provide: CredentialsRepository, useClass: SqlCredentialsRepository },
];
const signInAdapters = [
  { provide: PasswordHasher, useFactory: () => new Argon2PasswordHasher() },
  { provide: CommonPasswords, useClass: ListedCommonPasswords },
  { provide: EmailTokens, useClass: SealedEmailTokens },
  { provide: UserSessions, useExisting: Sessions },
];

/** Mounted by apps/api. */
@Module({
  controllers: [RegistrationController, SessionsController, MeController],
  providers: [...useCases, ...repositories, ...signInAdapters],
  exports: [FindRecipient],
})
export class UsersApiModule {}

/** Mounted by apps/worker. */
@Module({
  providers: [SendVerificationEmailHandler, FindRecipient, ...repositories, SealedEmailTokens, { provide: AccountMailer, useClass: TemplatedAccountMailer }],
  exports: [FindRecipient],
})
export class UsersWorkerModule {}
