import type { Provider } from '@nestjs/common';
import { CsrfProtection } from '#platform/auth/requests/csrf-protection.js';
import { SessionTransport } from '#platform/auth/requests/session-transport.js';
import { Sessions } from '#platform/auth/sessions/sessions.js';
import { RefreshTokens } from '#platform/auth/tokens/refresh-tokens.js';
import { UserSessions } from '#platform/kernel/access/user-sessions.js';
import { Clock } from '#platform/kernel/clock.js';
import { Events } from '#platform/kernel/jobs/events.js';
import { Jobs } from '#platform/kernel/jobs/jobs.js';
import { RecordedEvents } from '#platform/testing/doubles/recorded-events.js';
import { anOpenSession } from '#platform/testing/doubles/recorded-sessions.js';
import { httpApp } from '#platform/testing/http-app.js';
import { aPrincipal } from '#platform/testing/principal.factory.js';
import { AccountsApiModule } from '../accounts.module.js';
import { AccountsRepository } from '../application/accounts.repository.js';
import { CommonPasswords } from '../application/passwords/common-passwords.js';
import { CredentialsRepository } from '../application/passwords/credentials.repository.js';
import { PasswordHasher } from '../application/passwords/password-hasher.js';
import { PasswordResetsRepository } from '../application/passwords/reset/password-resets.repository.js';
import { ResetTokens } from '../application/passwords/reset/reset-tokens.js';
import { SignInThrottle } from '../application/passwords/sign-in-throttle.js';
import { EmailTokens } from '../application/registration/email-tokens.js';
import { RegistrationsRepository } from '../application/registration/registrations.repository.js';
import { SignInAttemptCounters } from '../infrastructure/sign-in-throttle/sign-in-attempt-counters.js';
import { accountsSetup } from './accounts-setup.js';

/** The feature behind the real pipeline, called by `me`, who is signed in here and in another place. */
export async function accountsApp() {
  const setup = accountsSetup();
  const me = await setup.aStoredUser();
  const principal = aPrincipal({ id: me.id });
  const elsewhere = anOpenSession({ userAgent: 'Firefox' });
  setup.sessions.open = [anOpenSession({ id: String(principal.sessionId), userAgent: 'Firefox' }), elsewhere];
  const app = await httpApp({ imports: [AccountsApiModule], providers: accountsInMemory(setup) }, principal);
  return { ...setup, app, me, principal, elsewhere };
}

/** In place of everything the feature needs outside of itself, for features that mount it as well. */
export const accountsInMemory = (setup: ReturnType<typeof accountsSetup>): Provider[] => [
  SessionTransport,
  CsrfProtection,
  RefreshTokens,
  { provide: AccountsRepository, useValue: setup.users },
  { provide: RegistrationsRepository, useValue: setup.registrations },
  { provide: CredentialsRepository, useValue: setup.credentials },
  { provide: PasswordResetsRepository, useValue: setup.resets },
  { provide: PasswordHasher, useValue: setup.hasher },
  { provide: CommonPasswords, useValue: setup.commonPasswords },
  { provide: EmailTokens, useValue: setup.mailedTokens },
  { provide: ResetTokens, useValue: setup.mailedTokens },
  { provide: SignInThrottle, useValue: setup.throttle },
  { provide: SignInAttemptCounters, useValue: {} },
  { provide: Sessions, useValue: setup.sessions },
  { provide: UserSessions, useValue: setup.sessions },
  { provide: Events, useClass: RecordedEvents },
  { provide: Jobs, useValue: setup.jobs },
  { provide: Clock, useValue: setup.clock },
];
