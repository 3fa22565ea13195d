import { beta } from '../../beta/domain/beta.js';

export const canary = beta;
