import { PrismaPg } from '@prisma/adapter-pg';
import { v7 } from 'uuid';
import { Argon2PasswordHasher } from '#features/accounts/infrastructure/passwords/argon2-password-hasher.js';
import { cancel, fulfil, type Order, place } from '#features/orders/domain/order.js';
import { ADMIN_ROLE, USER_ROLE } from '#platform/access/roles.js';
import { PrismaClient } from '#platform/database/generated/client.js';
import { normalizeEmail } from '#platform/kernel/email-address.js';
import { postgresAddress } from '../libs/platform/config/values/connection-strings.ts';
import { NO_DATABASE, readCommandEnvironment } from '../tools/database-commands/environment.ts';

/*
 * An administrator and something to look at, for development and demonstrations: npm run db:seed.
 * It may run as often as you like. It uses the application's own rules, so that dist/ has to be there.
 */

const MINUTE_MS = 60_000;

/** They have no password: nobody signs in as one of them. */
const EXAMPLE_USERS = [
  { email: 'ada@example.test', name: 'Ada Lovelace', joinedAt: new Date('2026-01-05T09:00:00Z') },
  { email: 'grace@example.test', name: 'Grace Hopper', joinedAt: new Date('2026-01-06T09:00:00Z') },
] as const;

const EXAMPLE_PURCHASES = [
  [{ sku: 'espresso-cup', quantity: 2, unitPrice: { amount: 1250, currency: 'EUR' } }],
  [
    { sku: 'beans-1kg', quantity: 1, unitPrice: { amount: 2890, currency: 'EUR' } },
    { sku: 'filter-100', quantity: 3, unitPrice: { amount: 450, currency: 'EUR' } },
  ],
  [{ sku: 'grinder', quantity: 1, unitPrice: { amount: 18900, currency: 'EUR' } }],
];

function requireSetting(name: string, value: string | undefined): string {
  if (!value) throw new Error(`${name} is not set.`);
  return value;
}

/** The same id in every run, as old as what it names. */
const seededId = (at: Date, number: number): string =>
  v7({ msecs: at.getTime(), seq: number, random: new Uint8Array(16).fill(number) });

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

async function seedExamples(prisma: PrismaClient): Promise<void> {
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
    await prisma.order.createMany({ data: exampleOrders(userId, joinedAt).map(toRow), skipDuplicates: true });
  }
}

/** One an hour; the last one was cancelled. */
function exampleOrders(userId: string, joinedAt: Date): Order[] {
  return EXAMPLE_PURCHASES.map((items, index) => {
    const placedAt = new Date(joinedAt.getTime() + (index + 1) * 60 * MINUTE_MS);
    const order = place({ items, note: null }, seededId(placedAt, index), userId, placedAt);
    const finish = index < EXAMPLE_PURCHASES.length - 1 ? fulfil : cancel;
    return finish(order, new Date(placedAt.getTime() + MINUTE_MS));
  });
}

function toRow({ total, items, ...order }: Order) {
  return { ...order, items: [...items], currency: total.currency, totalAmount: total.amount };
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
