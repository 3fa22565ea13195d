import { Store } from '../infrastructure/store.js';

export const canary = Store;
