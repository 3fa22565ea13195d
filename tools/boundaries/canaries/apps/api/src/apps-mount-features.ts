import { beta } from '../../../libs/features/beta/index.js';

export const canary = beta;
