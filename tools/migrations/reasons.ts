import type { Objection } from './own-rules.ts';

const EXCEPTION = /^\s*--\s*squawk-/;
/** Prisma's own comments, such as `-- AlterTable`, are one word. */
const REASON = /^\s*--\s*\S+(?:\s+\S+){2,}/;

/** One for each exception without a reason in the comment above it. */
export function exceptionsWithoutReason(sql: string): Objection[] {
  const lines = sql.split('\n');
  return lines.flatMap((text, index) =>
    EXCEPTION.test(text) && !isReason(lines[index - 1] ?? '')
      ? [{ line: index + 1, rule: 'unreasoned-exception', message: 'Say in a comment above it why this does no harm.' }]
      : [],
  );
}

const isReason = (text: string): boolean => REASON.test(text) && !EXCEPTION.test(text);
