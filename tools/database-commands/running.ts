import { RUN_ENVIRONMENT } from '../../libs/platform/testing/system/run-environment.ts';
import { temporaryFolder } from '../../libs/platform/testing/temporary-folder.ts';
import { PRISMA, runNode } from '../run-node.ts';

/** For specs: a command as somebody starts it without a terminal, where no `npm start` runs and whose shell knows no database. */
export async function run(
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ code: number; output: string }> {
  const nobody = {
    ADMIN_EMAIL: 'admin@example.test',
    ADMIN_PASSWORD: 'only-for-tests',
    LOCAL_DIR: temporaryFolder('local'),
  };
  const { exitCode, output } = await runNode([script, ...args], { env: { ...RUN_ENVIRONMENT, ...nobody, ...env } });
  return { code: exitCode, output };
}

export const prisma = (args: readonly string[], env: NodeJS.ProcessEnv) => run(PRISMA, args, env);
