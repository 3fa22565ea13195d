import { z } from 'zod';

const ADDRESS = String.raw`[^\s<>()",;:@]+@[^\s<>()",;:@]+`;
const NAME = String.raw`(?:"[^"\\\p{Cc}]*"|[^<>()",;:@\p{Cc}]*)`;
const SENDER = new RegExp(`^(?:${ADDRESS}|${NAME} *<${ADDRESS}>)$`, 'u');

/** One mailbox, on one line: whatever else a header could hold would reach every mail. */
export const sender = z
  .string()
  .regex(SENDER, 'must be an address, or a name and an address: Example <no-reply@example.com>');
