import { v7 } from 'uuid';
import type { PrismaClient } from '#platform/database/generated/client.js';

/** Adds a feature's examples for one example user. It may run as often as one likes, so ids have to be the same each time. */
export type Seed = (prisma: PrismaClient, user: Readonly<{ userId: string; joinedAt: Date }>) => Promise<void>;

/** The same id in every run, as old as what it names. */
export const seededId = (at: Date, number: number): string =>
  v7({ msecs: at.getTime(), seq: number, random: new Uint8Array(16).fill(number) });
