import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';

/** Of the migrations that this build was made with. */
export const migrationsFolder = (): string =>
  join(dirname(findPackageJSON('..', import.meta.url) ?? '.'), 'prisma', 'migrations');
