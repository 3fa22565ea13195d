import { parcels } from '../../../../test/parcels.js';

export const canary = parcels;
