import { z } from 'zod';
import { Prisma } from '../generated/client.js';

const uniqueViolation = z.object({
  driverAdapterError: z.object({ cause: z.object({ constraint: z.object({ index: z.string() }) }) }),
});
const UNIQUE_VIOLATION = z.object({ code: z.literal('23505'), constraint: z.string() });

/** The unique index Postgres says was violated, or undefined for any other failure. */
export function violatedIndex(error: unknown): string | undefined {
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
    return uniqueViolation.safeParse(error.meta).data?.driverAdapterError.cause.constraint.index;
  }
  return UNIQUE_VIOLATION.safeParse(error).data?.constraint;
}
