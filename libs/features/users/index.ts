// What other features may use. Everything else in this folder is private.
export { BeginSession } from './application/begin-session.js';
export {
  type EmailOwner,
  FindOrCreateUserByEmail,
  type FoundUser,
} from './application/find-or-create-user-by-email.js';
export { FindOrInviteUser, type FoundOrInvitedUser } from './application/find-or-invite-user.js';
export { FindRecipient, type Recipient } from './application/find-recipient.js';
export { type LockedUser, WithLockedUser } from './application/with-locked-user.js';
export {
  AccountDisabled,
  EmailTaken,
  UserNotFound,
} from './domain/user.errors.js';
export { loginLimit } from './http/user.rate-limits.js';
export { openSessionResponse, sessionResponse } from './http/user.schemas.js';
