import { start } from '../pipeline/start.js';

export const canary = start;
