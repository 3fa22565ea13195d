import { randomUUID } from 'node:crypto';
import { anAlpha } from '../testing/alpha.factory.js';

export const allowed = [randomUUID, anAlpha];
