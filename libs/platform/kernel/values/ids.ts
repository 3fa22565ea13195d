import { v7, validate } from 'uuid';

/** A UUIDv7 (RFC 9562, section 5.7): time-ordered, so new rows land at the end of the index. */
export const newId = (): string => v7();

export const isId = (text: string): boolean => validate(text);

/** The smallest id that can have been made at that time: turns a search by time into a range of an index by id. */
export const firstIdAt = (time: Date): string =>
  v7({ msecs: Math.max(0, time.getTime()), seq: 0, random: new Uint8Array(16) });

/** When it was made (RFC 9562, section 5.7: the first 48 bits). */
export const timeOfId = (id: string): Date => new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16));

/** Sorts behind every id: where a list that runs from new to old begins (RFC 9562, section 5.10). */
export const MAX_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
