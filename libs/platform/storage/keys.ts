const KEY = /^(?!.*\.\.)[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/;

/** @throws for a key that could lead out of the folder: keys are not what callers write */
export function requireKey(key: string): string {
  if (!KEY.test(key)) throw new Error('A key is made of letters, digits, "-", "_", "." and "/".');
  return key;
}
