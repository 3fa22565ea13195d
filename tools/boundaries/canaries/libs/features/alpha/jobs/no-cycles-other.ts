import { canary } from './no-cycles.js';

export const other = canary;
