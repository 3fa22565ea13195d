// What other features may use. Everything else in this folder is private.
export { readQueues, writeQueues } from './application/queue.permissions.js';
