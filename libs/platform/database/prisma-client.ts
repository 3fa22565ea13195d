import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from './generated/client.js';
import type { RoutedPool } from './pool/routed-pool.js';

export type DatabaseClient = Omit<PrismaClient, '$transaction' | '$connect' | '$disconnect' | '$on' | '$extends'>;

/**
 * Prisma over the routed pool. Transactions are opened by `Database.transaction` alone, so the type hides Prisma's own.
 *
 * Prisma joins the `findUnique` calls of one tick into one query, whatever async context each came from: a caller outside a
 * transaction then reads its uncommitted rows. `findFirst` is never joined, so it answers in place of `findUnique`.
 */
export function prismaClient(pool: RoutedPool): DatabaseClient {
  const client = new PrismaClient({ adapter: new PrismaPg(pool, { schema: pool.schema }) });

  return client.$extends({
    query: {
      $allModels: {
        findUnique: ({ model, args }) => findFirst(client, model, args),
        findUniqueOrThrow: ({ model, args }) => findFirst(client, model, args, 'findFirstOrThrow'),
      },
    },
  }) as unknown as DatabaseClient;
}

// The row's type depends on the model, which is only known when the query runs.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Delegate = Record<'findFirst' | 'findFirstOrThrow', (args: object) => Promise<any>>;

function findFirst(
  client: PrismaClient,
  model: Prisma.ModelName,
  args: { where: object },
  operation: keyof Delegate = 'findFirst',
) {
  const name = model.charAt(0).toLowerCase() + model.slice(1);
  const delegate = (client as unknown as Record<string, Delegate>)[name] as Delegate;
  return delegate[operation]({ ...args, where: withoutCompoundKeys(model, args.where) });
}

/** `{ userId_roleName: { userId, roleName } }` is a key that only findUnique knows; findFirst wants its fields. */
function withoutCompoundKeys(model: Prisma.ModelName, where: object): object {
  const fields: object = Prisma[`${model}ScalarFieldEnum`];
  const entries = Object.entries(where).flatMap(([key, value]): [string, unknown][] =>
    key.includes('_') && !(key in fields) ? Object.entries(value as object) : [[key, value]],
  );
  return Object.fromEntries(entries);
}
