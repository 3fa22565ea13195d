import { OutboundClient, type OutboundOptions } from '../outbound-client.js';
import { OutboundFailure } from '../outbound-failure.js';

export const LIMIT = 10_000;

export const client = (options: Partial<OutboundOptions> = {}) =>
  new OutboundClient({ name: 'test', addressesFrom: 'configuration', maxBytes: LIMIT, ...options });

/** One that does not try again. */
export const once = (options: Partial<OutboundOptions> = {}) => client({ attempts: 1, ...options });

/** @throws what was thrown, when that is something else; Error when nothing was */
export async function failureOf(asked: Promise<unknown>): Promise<OutboundFailure> {
  const error: unknown = await asked.then(
    () => new Error('it answered'),
    (failed: unknown) => failed,
  );
  if (!(error instanceof OutboundFailure)) throw error;
  return error;
}

export const reasonOf = async (asked: Promise<unknown>): Promise<string> => (await failureOf(asked)).reason;
