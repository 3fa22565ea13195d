import { BetaModule } from '../beta/beta.module.js';
import { Store } from './infrastructure/store.js';

export const allowed = [BetaModule, Store];
