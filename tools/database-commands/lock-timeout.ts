/** What Prisma leaves out: a migration that gets no lock gives up soon, because everybody waits behind it. `npm run db:lint` asks for it. */
export const withLockTimeout = (sql: string): string => `SET LOCAL lock_timeout = '5s';\n\n${sql}`;
