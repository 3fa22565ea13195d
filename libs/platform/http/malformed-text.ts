/** Nothing that a schema describes lies deeper; a body made of brackets alone could be deeper than the stack. */
const DEEPEST = 32;

export type MalformedText = Readonly<{ path: readonly string[]; code: string; message: string }>;

/**
 * Where a request holds text that is none. Half a surrogate pair is silently replaced on its way into a hash or a database, so that
 * different texts would become the same. NUL has no business in an address; in a body it is for the schema to say: passwords may hold it.
 */
export function malformedTextsIn(input: unknown, isFromAddress: boolean): MalformedText[] {
  const found: MalformedText[] = [];
  const isMalformed = (text: string): boolean => !text.isWellFormed() || (isFromAddress && text.includes('\0'));
  const path: string[] = [];

  function walk(value: unknown): void {
    if (typeof value === 'string') {
      if (isMalformed(value)) found.push({ path: [...path], code: 'malformed_text', message: 'Expected well-formed text' });
    } else if (typeof value === 'object' && value !== null && path.length < DEEPEST) {
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
