import { anAlpha } from '../testing/alpha.factory.js';

export const canary = anAlpha;
