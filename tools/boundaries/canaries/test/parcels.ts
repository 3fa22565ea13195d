import { environment } from '../libs/platform/testing/environment.js';

export const parcels = [environment];
