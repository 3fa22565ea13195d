import { z } from 'zod';

export const flag = z.stringbool();

export const list = z
  .string()
  .transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  )
  .pipe(z.array(z.string()));

/** Marks a secret. Its sample stands in .env.example, where everybody can read it, so production refuses it. */
export const secret = (sample?: string) => ({ secret: true, sample });

/** Its default is good on one's own machine and wrong everywhere else, where nobody would notice for a while. */
export const ownInProduction = { requiredInProduction: true };
