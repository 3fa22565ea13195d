import type { Store } from '../infrastructure/store.js';

export type Canary = Store;
