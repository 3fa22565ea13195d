// What other features may use. Everything else in this folder is private.

export { userRegistered } from './application/account.events.js';
export { FindOrInviteUser, type FoundOrInvitedUser } from './application/profile/find-or-invite-user.js';
export { FindRecipient, type Recipient } from './application/profile/find-recipient.js';
export { BeginSession } from './application/sessions/begin-session.js';
export {
  type EmailOwner,
  FindOrCreateUserByEmail,
  type FoundUser,
} from './application/sessions/find-or-create-user-by-email.js';
export { type LockedUser, WithLockedUser } from './application/sessions/with-locked-user.js';
export {
  AccountDisabled,
  EmailTaken,
  UserNotFound,
} from './domain/user.errors.js';
export { signInLimit } from './http/account.rate-limits.js';
export { openSessionResponse, sessionResponse } from './http/account.schemas.js';
