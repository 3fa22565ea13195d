import { Pool } from 'pg';

export const allowed = Pool;
