import { z } from 'zod';
import { timestamp } from '#platform/http/answers/timestamp.js';
import { pageQuery } from '#platform/http/input/page-query.js';
import { pathId } from '#platform/http/input/path-id.js';

const MAX_JOB_NAME_LENGTH = 200;

export const listDeadLettersQuery = z.strictObject({
  ...pageQuery,
  queue: z.literal('jobs').optional().meta({ description: 'There is one queue.' }),
  job: z
    .string()
    .min(1)
    .max(MAX_JOB_NAME_LENGTH)
    .regex(/^[\w.-]+$/)
    .optional()
    .meta({ examples: ['orders.fulfil'] }),
});
export type ListDeadLettersQuery = z.infer<typeof listDeadLettersQuery>;

export const deadLetterParams = z.strictObject({ id: pathId });
export type DeadLetterParams = z.infer<typeof deadLetterParams>;

export const deadLetterResponse = z
  .object({
    id: z.uuid(),
    queue: z.literal('jobs').default('jobs'),
    name: z.string().meta({ examples: ['orders.fulfil'] }),
    payload: z.unknown().meta({
      description: 'Ids, as the job was given them.',
      examples: [{ orderId: '01979a3c-5b1e-7c40-9d2a-3f6b8e1c0a57' }],
    }),
    attempts: z.int().meta({ examples: [10] }),
    error: z.string().meta({ examples: ['connect ECONNREFUSED 192.0.2.1:587'] }),
    createdAt: timestamp,
    failedAt: timestamp,
  })
  .meta({ id: 'DeadLetter' });
