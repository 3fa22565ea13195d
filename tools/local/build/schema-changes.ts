import { CommandFailed, PRISMA, requireNode } from '../../run-node.ts';
import { prismaEnvironment } from '../../servers/shell-environment.ts';
import { countPending } from '../migrate.ts';
import { Problem } from '../settings/settings.ts';

/** Where the migrations go, and what to do to begin with an empty database. */
export type MigratedDatabase = Readonly<{ url: string; startOver: string }>;

const COMPARE = [PRISMA, 'migrate', 'diff', '--from-config-datasource', '--to-schema', 'prisma', '--exit-code'];
const THERE_ARE_DIFFERENCES = 2;

/** What stands between the database and the models, as a line that says what to run; null when nothing does. */
export async function whatTheDatabaseLacks(
  { url, startOver }: MigratedDatabase,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    // Not applied at once: somebody is to read it before.
    const pending = await countPending(url, startOver);
    if (pending > 0)
      return `${pending} of prisma/migrations are not applied yet; once you have read them: npm run db:migrate`;
    await requireNode(COMPARE, { env: { ...prismaEnvironment(), DATABASE_DIRECT_URL: url }, signal });
    return null;
  } catch (error) {
    if (error instanceof Problem) return error.message;
    if (!(error instanceof CommandFailed)) throw error;
    if (error.exitCode === THERE_ARE_DIFFERENCES)
      return 'the models say what no migration makes yet; to write it: npm run db:new';
    return `the database could not be compared with the models\n${error.output}`;
  }
}
