// What other features may use. Everything else in this folder is private.
export { AdmitByEmail, type Admitted, type Newcomer } from './application/admit-by-email.js';
export { BeginSession } from './application/begin-session.js';
export { FindRecipient, type Recipient } from './application/find-recipient.js';
export { type HeldAccount, HoldAccount } from './application/hold-account.js';
export { type ProvidedAccount, ProvideAccount } from './application/provide-account.js';
export type { SessionClient, SessionTokens } from './application/user-sessions.js';
export { AccountDisabled, EmailTaken, UserNotFound } from './domain/user.errors.js';
export { sessionResponse } from './http/user.schemas.js';
