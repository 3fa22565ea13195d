import { z } from 'zod';

const CURRENCY = /^[A-Z]{3}$/;

/** What a caller sends: whole numbers of the smallest unit from 0 to `most`. */
export const moneyInput = (most: number) =>
  z.strictObject({
    amount: z
      .int()
      .min(0)
      .max(most)
      .meta({ description: 'Smallest unit of the currency, such as cents.', examples: [1999] }),
    currency: z
      .string()
      .regex(CURRENCY, 'Expected an ISO 4217 code, such as EUR')
      .meta({ description: 'ISO 4217.', examples: ['EUR'] }),
  });

/** What an answer holds. */
export const moneyOutput = z
  .object({
    amount: z
      .int()
      .nonnegative()
      .meta({ examples: [1999] }),
    currency: z.string().meta({ examples: ['EUR'] }),
  })
  .meta({ id: 'Money' });
