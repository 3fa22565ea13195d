import { z } from 'zod';

/** Without the parser's message, which quotes what it read. */
export const json = (complaint: string) =>
  z.string().transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue(complaint);
      return z.NEVER;
    }
  });
