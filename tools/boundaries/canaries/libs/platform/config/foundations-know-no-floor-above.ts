import { allowed } from '../database/allowed.js';

export const canary = allowed;
