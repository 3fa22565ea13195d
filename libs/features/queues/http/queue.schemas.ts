import { z } from 'zod';

const counted = z.int().meta({ description: 'Counting stops at 100,000.', examples: [3] });

export const queueResponse = z
  .object({
    name: z.string().meta({ examples: ['jobs'] }),
    open: counted,
    waiting: z
      .int()
      .nullable()
      .meta({
        description: 'Open jobs that no worker has taken yet; null while Redis does not answer.',
        examples: [2],
      }),
    oldestAgeSeconds: z
      .number()
      .meta({ description: 'Age of the oldest open job, 0 when there is none.', examples: [1.5] }),
    deadLetters: counted,
  })
  .meta({ id: 'Queue' });
