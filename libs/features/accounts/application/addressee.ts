import type { User } from '../domain/user.js';

/** Where a mail goes, and in which language: null for the default one. */
export type Addressee = Pick<User, 'email' | 'locale'>;
