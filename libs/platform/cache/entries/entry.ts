/** A value, null when there is none, and how long it may be given out. Times are milliseconds since 1970: Redis shares them. */
export type Entry<Value extends object = object> = Readonly<{
  value: Value | null;
  freshUntil: number;
  /** While loading fails. */
  staleUntil: number;
  /** What this process had learned of changes when the value began to load. */
  place: number;
  tags: readonly string[];
  /** Characters of its JSON, which stand for the memory it takes. */
  size: number;
}>;

/** Entries are shared: to change one would change what others read. */
export function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}
