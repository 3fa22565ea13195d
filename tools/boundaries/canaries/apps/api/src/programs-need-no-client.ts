import { allowed } from '../../../libs/client/src/allowed.js';

export const canary = allowed;
