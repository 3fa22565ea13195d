// What other features may use. Everything else in this folder is private.
export { GrantAdminRole } from './application/grant-admin-role.js';
export { UserAccess } from './application/user-access.js';
export { LastAdministrator } from './domain/role.errors.js';
