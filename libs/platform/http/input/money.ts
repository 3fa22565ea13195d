import { z } from 'zod';

const CURRENCY = /^[A-Z]{3}$/;

/** What a caller sends: whole numbers of the smallest unit from 0 to `most`. */
export const moneyInput = (most: number) =>
  z.strictObject({
    amount: z.int().min(0).max(most).describe('Smallest unit of the currency, such as cents.'),
    currency: z.string().regex(CURRENCY, 'Expected an ISO 4217 code, such as EUR').describe('ISO 4217.'),
  });

/** What an answer holds. */
export const moneyOutput = z.object({ amount: z.int().nonnegative(), currency: z.string() }).meta({ id: 'Money' });
