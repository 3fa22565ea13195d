// What other features may use. Everything else in this folder is private.
export { AppointAdministrator } from './application/appoint-administrator.js';
export { UserAccess } from './application/user-access.js';
export { LastAdministrator } from './domain/role.errors.js';
