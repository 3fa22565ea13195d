import type { Clock } from '#platform/kernel/clock.js';
import { RecordedAudit } from '#platform/testing/doubles/recorded-audit.js';
import { RecordedEvents } from '#platform/testing/doubles/recorded-events.js';
import type { AccountsRepository } from '../application/accounts.repository.js';
import { AddUser } from '../application/registration/add-user.js';
import { FindOrCreateUserByEmail } from '../application/sessions/find-or-create-user-by-email.js';

/** For features that let people in. */
export const findOrCreateUserOn = (users: AccountsRepository, clock: Clock, audit = new RecordedAudit()) =>
  new FindOrCreateUserByEmail(users, new AddUser(users, new RecordedEvents(), audit), clock);
