import { globSync } from 'node:fs';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { v7 } from 'uuid';
import { Argon2PasswordHasher } from '#features/accounts/infrastructure/passwords/argon2-password-hasher.js';
import { ADMIN_ROLE, USER_ROLE } from '#platform/access/roles.js';
import { PrismaClient } from '#platform/database/generated/client.js';
import { normalizeEmail } from '#platform/kernel/values/email-address.js';
import { postgresAddress } from '../libs/platform/config/values/connection-strings.ts';
import { NO_DATABASE, readCommandEnvironment } from '../tools/database-commands/environment.ts';
import { ROOT } from '../tools/servers/local-directory.ts';
import { type Seed, seededId } from './seeding.ts';

/*
 * An administrator and something to look at, for development and demonstrations: npm run db:seed.
 * It may run as often as you like. It uses the application's own rules, so that dist/ has to be there.
 */

/** They have no password: nobody signs in as one of them. */
const EXAMPLE_USERS = [
  { email: 'ada@example.test', name: 'Ada Lovelace', joinedAt: new Date('2026-01-05T09:00:00Z') },
  { email: 'grace@example.test', name: 'Grace Hopper', joinedAt: new Date('2026-01-06T09:00:00Z') },
] as const;

function requireSetting(name: string, value: string | undefined): string {
  if (!value) throw new Error(`${name} is not set.`);
  return value;
}

async function seedAdministrator(prisma: PrismaClient, address: string, password: string): Promise<void> {
  const email = normalizeEmail(address);
  const hasher = new Argon2PasswordHasher();
  const known = await prisma.user.findFirst({ where: { email } });
  if (known && (await hasher.compare(password, known.passwordHash)) === 'right') return;

  const now = new Date();
  const passwordHash = await hasher.hash(password);
  await prisma.user.upsert({
    where: { email },
    update: { passwordHash, updatedAt: now },
    create: {
      id: v7(),
      email,
      passwordHash,
      name: 'Administrator',
      emailVerifiedAt: now,
      createdAt: now,
      updatedAt: now,
      roles: { create: [{ roleName: ADMIN_ROLE }, { roleName: USER_ROLE }] },
    },
  });
}

/** What features add for each of them: `testing/<name>.seed.ts`. */
async function featureSeeds(): Promise<{ seed: Seed }[]> {
  const files = globSync('libs/features/*/testing/*.seed.ts', { cwd: ROOT }).sort();
  return Promise.all(files.map((file) => import(join(ROOT, file)) as Promise<{ seed: Seed }>));
}

async function seedExamples(prisma: PrismaClient): Promise<void> {
  const features = await featureSeeds();
  for (const [index, { email, name, joinedAt }] of EXAMPLE_USERS.entries()) {
    const id = seededId(joinedAt, index);
    const { id: userId } =
      (await prisma.user.findFirst({ where: { OR: [{ id }, { email }] } })) ??
      (await prisma.user.create({
        data: {
          id,
          email,
          name,
          emailVerifiedAt: joinedAt,
          createdAt: joinedAt,
          updatedAt: joinedAt,
          roles: { create: { roleName: USER_ROLE } },
        },
      }));
    for (const { seed } of features) await seed(prisma, { userId, joinedAt });
  }
}

async function seed(): Promise<void> {
  const { NODE_ENV, DATABASE_URL, ADMIN_EMAIL, ADMIN_PASSWORD } = readCommandEnvironment(process.env);
  // Example accounts have no place among real ones.
  if (NODE_ENV === 'production')
    throw new Error('Seeding is for development: it does not run with NODE_ENV=production.');

  if (DATABASE_URL === undefined) throw new Error(NO_DATABASE);

  const address = postgresAddress(DATABASE_URL);
  const prisma = new PrismaClient({ adapter: new PrismaPg({ ...address }, { schema: address.schema }) });
  try {
    await seedAdministrator(
      prisma,
      requireSetting('ADMIN_EMAIL', ADMIN_EMAIL),
      requireSetting('ADMIN_PASSWORD', ADMIN_PASSWORD),
    );
    await seedExamples(prisma);
  } finally {
    await prisma.$disconnect();
  }
}

try {
  await seed();
} catch (error) {
  console.error(`Nothing was seeded: ${(error as Error).message}`);
  process.exitCode = 1;
}
