// What other features may use. Everything else in this folder is private.
export { readSchedules, writeSchedules } from './application/schedule.permissions.js';
