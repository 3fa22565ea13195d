import { z } from 'zod';
import { timestamp } from '#platform/http/answers/timestamp.js';

const MAX_NAME_LENGTH = 200;

/** The name is that of the job. */
export const scheduleParams = z.strictObject({
  name: z
    .string()
    .max(MAX_NAME_LENGTH)
    .regex(/^[\w.-]+$/)
    .meta({ examples: ['platform.remove-expired'] }),
});
export type ScheduleParams = z.infer<typeof scheduleParams>;

export const pauseScheduleBody = z.strictObject({ paused: z.boolean() }).meta({ id: 'PauseScheduleBody' });
export type PauseScheduleBody = z.infer<typeof pauseScheduleBody>;

export const scheduleResponse = z
  .object({
    name: z.string().meta({ examples: ['platform.remove-expired'] }),
    expression: z.string().meta({ examples: ['every 3600 s', '0 3 * * 1-5'] }),
    timeZone: z
      .string()
      .nullable()
      .meta({ examples: ['Europe/Berlin'] }),
    missed: z.enum(['run-once', 'skip']).meta({ description: 'What happens after a time in which no worker ran.' }),
    paused: z.boolean(),
    nextAt: timestamp,
    lastAt: timestamp.nullable().meta({ description: 'Null before the first time.' }),
  })
  .meta({ id: 'Schedule' });
