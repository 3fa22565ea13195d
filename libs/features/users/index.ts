// What other features may use. Everything else in this folder is private.
export { AdmitByEmail, type Admitted, type Newcomer } from './application/admit-by-email.js';
export { BeginSession } from './application/begin-session.js';
export { FindRecipient, type Recipient } from './application/find-recipient.js';
export { type HeldAccount, HoldAccount } from './application/hold-account.js';
export { type ProvidedAccount, ProvideAccount } from './application/provide-account.js';
export { Reauthenticate } from './application/reauthenticate.js';
export {
  AccountDisabled, CurrentPasswordWrong, EmailTaken, PasswordChecksBusy, PasswordNotSet, ReauthenticationRequired, UserNotFound,
} from './domain/user.errors.js';
export { openSessionResponse, password, sessionResponse } from './http/user.schemas.js';
