/** No schema describes anything deeper, and the walk must not overflow the stack on a body of nothing but brackets. */
const MAX_DEPTH = 32;

export type MalformedText = Readonly<{ path: readonly string[]; code: string; message: string }>;

/**
 * Finds strings with lone surrogates (and NUL in URLs), before any schema runs. Half a surrogate pair is silently replaced on its way
 * into a hash or a database, so different texts would become the same. In a body NUL is for the schema to judge: passwords may hold it.
 */
export function malformedTextsIn(input: unknown, isFromAddress: boolean): MalformedText[] {
  const found: MalformedText[] = [];
  const isMalformed = (text: string): boolean => !text.isWellFormed() || (isFromAddress && text.includes('\0'));
  const path: string[] = [];

  function walk(value: unknown): void {
    if (typeof value === 'string') {
      if (isMalformed(value))
        found.push({ path: [...path], code: 'malformed_text', message: 'Expected well-formed text' });
    } else if (typeof value === 'object' && value !== null && path.length < MAX_DEPTH) {
      for (const [key, inner] of Object.entries(value)) {
        path.push(key);
        walk(inner);
        path.pop();
      }
    }
  }

  walk(input);
  return found;
}
