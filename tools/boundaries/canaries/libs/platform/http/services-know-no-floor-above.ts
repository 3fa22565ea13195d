import { session } from '../auth/session.js';

export const canary = session;
