import { z } from 'zod';

const counted = z.int().meta({ description: 'Counting stops at 100,000.' });

export const queueResponse = z
  .object({
    name: z.string(),
    open: counted,
    waiting: z
      .int()
      .nullable()
      .meta({ description: 'Open jobs that no worker has taken yet; null while Redis does not answer.' }),
    oldestAgeSeconds: z.number().meta({ description: 'Age of the oldest open job, 0 when there is none.' }),
    deadLetters: counted,
  })
  .meta({ id: 'Queue' });
