import type { Env } from '../../config/env.js';
import type { NamedStatement } from './named-statement.js';
import { sendOneByOne } from './one-by-one.js';
import type { Queryable } from './queryable.js';
import { sendBatch } from './statement-batch.js';

/**
 * Statements on their way to Postgres. They run in this order, and the first that fails is the last. Returns at once; each statement is
 * told how it ended.
 */
export type Send = (queryable: Queryable, statements: readonly NamedStatement[]) => void;

/** In one message through pg's inner parts; or by nothing but what pg promises, with a round trip for each (docs/decisions/012). */
export const sendBy: Readonly<Record<Env['DATABASE_WIRE'], Send>> = { batched: sendBatch, plain: sendOneByOne };
