import { readByServices } from '../../local/settings/check-environment.ts';
import { FIXED } from '../../local/settings/service-environment.ts';
import { Problem, takeFromFiles } from '../../local/settings/settings.ts';
import { settleEnvironment } from '../../servers/shell-environment.ts';
import { type Finding, missing, ok } from '../finding.mjs';

type VariableFacts = Readonly<{
  problem: string | null;
  /** Names alone, here and below, as values may be secrets. Null before the first build, which holds the list of them. */
  read: readonly string[] | null;
  ignored: readonly string[];
}>;

/** What npm start makes of this shell, and the environment that comes of it. */
export async function variableFacts(shell: NodeJS.ProcessEnv): Promise<VariableFacts & { env: NodeJS.ProcessEnv }> {
  const env = { ...shell };
  settleEnvironment(env);
  for (const name of Object.keys(FIXED)) delete env[name];
  const ignored = Object.keys(shell).filter((name) => !(name in env));
  const read = await namesRead(env);
  return { env, problem: complaint(() => takeFromFiles(env)), read, ignored };
}

async function namesRead(env: NodeJS.ProcessEnv): Promise<readonly string[] | null> {
  const own = env.LOCAL_DIR ? ['LOCAL_DIR'] : [];
  return readByServices(env).then(
    (read) => [...own, ...Object.keys(read)],
    () => null,
  );
}

function complaint(work: () => void): string | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof Problem) return error.message.replaceAll(/\s+/g, ' ');
    throw error;
  }
}

export function checkVariables({ problem, read, ignored }: VariableFacts): Finding {
  if (problem !== null) return missing('Variables', problem);
  const parts = [
    ...(read === null ? ['which npm start reads can be told once dist is there'] : [reads(read)]),
    ...(ignored.length > 0 ? [`npm start ignores ${ignored.join(', ')}`] : []),
  ];
  return ok('Variables', parts.join('; '));
}

const reads = (names: readonly string[]): string =>
  names.length > 0 ? `npm start reads ${names.join(', ')}` : 'npm start reads none of this shell';
