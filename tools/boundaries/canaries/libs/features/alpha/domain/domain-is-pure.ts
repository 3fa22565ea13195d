import { randomUUID } from 'node:crypto';

export const canary = randomUUID;
