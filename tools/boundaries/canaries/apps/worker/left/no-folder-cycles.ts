import { base } from '../right/base.js';

export const canary = base;
