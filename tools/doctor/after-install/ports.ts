import { localFolder, readRun } from '../../bootstrap/running-system.mjs';
import { requireFreePorts } from '../../local/servers/require-free-ports.ts';
import type { RunFile } from '../../local/settings/run-file.ts';
import { Problem, readSettings } from '../../local/settings/settings.ts';
import { type Finding, missing, ok } from '../finding.mjs';

type PortFacts = Readonly<{
  /** That are free, or what npm start would say. */
  ports: readonly number[] | string;
  /** Addresses of the npm start that runs here. */
  running: Pick<RunFile, 'api' | 'worker'> | null;
}>;

export const portFacts = async (env: NodeJS.ProcessEnv): Promise<PortFacts> => ({
  ports: await freePorts(env),
  running: readRun(localFolder(env)) as RunFile | null,
});

async function freePorts(env: NodeJS.ProcessEnv): Promise<PortFacts['ports']> {
  try {
    const settings = readSettings(env);
    await requireFreePorts(settings);
    return [settings.apiPort, settings.workerPort];
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
}

export function checkPorts({ ports, running }: PortFacts): Finding {
  if (running !== null) return ok('Ports', `npm start runs here: ${running.api}, worker ${running.worker}`);
  return typeof ports === 'string' ? missing('Ports', ports) : ok('Ports', `${ports.join(' and ')} are free`);
}
