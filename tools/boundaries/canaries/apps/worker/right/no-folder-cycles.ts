import { base } from '../left/base.js';

export const canary = base;
