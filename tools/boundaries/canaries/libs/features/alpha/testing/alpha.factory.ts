import { aBeta } from '../../beta/testing/beta.factory.js';
import { alpha } from '../domain/alpha.js';

export const anAlpha = [alpha, aBeta];
