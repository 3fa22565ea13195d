import { Pool } from 'pg';

export const canary = Pool;
