import { z } from 'zod';
import { timestamp } from '#platform/http/answers/timestamp.js';
import type { ListedFlag } from '../application/list-flags.js';

const MOST_RULES = 50;
const MOST_NAMES = 1_000;
const LONGEST_NAME = 200;

/** The name is that of the code. */
export const flagParams = z.strictObject({
  name: z
    .string()
    .max(LONGEST_NAME)
    .regex(/^[\w.-]+$/)
    .meta({ examples: ['orders.exports'] }),
});
export type FlagParams = z.infer<typeof flagParams>;

const value = z.union([z.boolean(), z.string().max(LONGEST_NAME)]).meta({ examples: [true] });
const names = (example: string) =>
  z
    .array(z.string().min(1).max(LONGEST_NAME))
    .min(1)
    .max(MOST_NAMES)
    .optional()
    .meta({ examples: [[example]] });

const target = z
  .strictObject({
    userIds: z
      .array(z.uuid())
      .min(1)
      .max(MOST_NAMES)
      .optional()
      .meta({ examples: [['0190a1b2-0000-7000-8000-000000000001']] }),
    roles: names('support').describe('Who has one of them.'),
    environments: names('staging').describe('As DEPLOYMENT_ENVIRONMENT names them.'),
    percentage: z
      .number()
      .min(0)
      .max(100)
      .optional()
      .meta({
        description:
          'So many of a hundred users: always the same ones, and those of a smaller number are among those of a greater one.',
        examples: [10],
      }),
  })
  .meta({ id: 'FlagTarget', description: 'Everybody for whom all that it names is true.' });

const rule = z.strictObject({ when: target, value }).meta({ id: 'FlagRule' });

const rules = z.array(rule).max(MOST_RULES).meta({ description: 'The first that is about somebody decides.' });

export const setFlagBody = z
  .strictObject({
    rules: rules.default([]),
    value: value
      .optional()
      .meta({ description: 'For whom no rule is; without it, the default that the code declares.' }),
  })
  .meta({ id: 'SetFlagBody' });
export type SetFlagBody = z.infer<typeof setFlagBody>;

export const flagResponse = z
  .object({
    name: z.string().meta({ examples: ['orders.exports'] }),
    description: z.string().meta({ examples: ['Orders can be exported.'] }),
    owner: z.string().meta({ description: 'Who decides about it.', examples: ['orders'] }),
    removeBy: z
      .string()
      .meta({ description: 'The day on which it has left the code, or `never`.', examples: ['never', '2030-01-31'] }),
    values: z.array(value).meta({ examples: [[false, true]] }),
    default: value,
    value: value.nullable().meta({ description: 'For whom no rule is; null where the default holds.' }),
    rules,
    updatedAt: timestamp.nullable().meta({ description: 'Null as long as nobody has said anything of it.' }),
  })
  .meta({ id: 'Flag' });

export const toResponse = ({ flag, stored }: ListedFlag) => ({
  ...flag,
  value: stored?.settings.value ?? null,
  rules: stored?.settings.rules ?? [],
  updatedAt: stored?.updatedAt ?? null,
});
