import { BetaModule } from '../../../libs/features/beta/beta.module.js';

export const allowed = BetaModule;
