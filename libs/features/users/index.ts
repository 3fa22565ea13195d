// What other features may use. Everything else in this folder is private.
export { FindRecipient, type Recipient } from './application/find-recipient.js';
