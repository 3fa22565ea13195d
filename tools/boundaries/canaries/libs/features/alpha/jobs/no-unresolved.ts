import { gone } from './gone.js';

export const canary = gone;
