import utils from 'pg/lib/utils.js';

export const canary = utils;
