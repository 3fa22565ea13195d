import { z } from 'zod';
import type { FlagSettings } from '../domain/flag-settings.js';

const names = z.array(z.string()).optional();
const value = z.union([z.boolean(), z.string()]);

/** As they rest in the table: what a newer version may have added there is not looked at. */
export const storedSettings: z.ZodType<FlagSettings> = z.object({
  rules: z.array(
    z.object({
      when: z.object({ userIds: names, roles: names, environments: names, percentage: z.number().optional() }),
      value,
    }),
  ),
  value: value.optional(),
});
