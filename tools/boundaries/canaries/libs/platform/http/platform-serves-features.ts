import { beta } from '../../features/beta/index.js';

export const canary = beta;
