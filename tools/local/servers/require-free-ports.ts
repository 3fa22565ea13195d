import { isPortFree } from '../../servers/ports.ts';
import { Problem, type Settings } from '../settings/settings.ts';

/** @throws Problem that says which variable to set */
export async function requireFreePorts({ apiPort, workerPort }: Settings): Promise<void> {
  const ports = { API_PORT: apiPort, WORKER_PORT: workerPort };
  for (const [name, port] of Object.entries(ports)) {
    if (await isPortFree(port)) continue;
    throw new Problem(`Port ${port} is taken by another program. Choose another one: ${name}=${port + 100} npm start`);
  }
}
