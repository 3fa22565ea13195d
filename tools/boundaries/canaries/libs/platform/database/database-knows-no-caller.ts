import { envelope } from '../http/envelope.js';

export const canary = envelope;
