import type { Server } from '../../servers/server.ts';
import { say } from '../log-lines.ts';
import type { Found } from '../servers/find-servers.ts';
import type { Shutdown } from './shutdown.ts';

export type SupervisedServer = Readonly<{
  pids(): Readonly<Record<string, number>>;
  onReplaced(listener: () => void): void;
}>;

/** A server that ends before we do was killed or crashed: it comes back at the same address, with what it had stored. */
export function restartOnExit(
  name: string,
  first: Found,
  again: () => Promise<Found>,
  shutdown: Shutdown,
): SupervisedServer {
  let server = first.server;
  let tell = (): void => undefined;

  const replace = async (): Promise<void> => {
    if (shutdown.signal.aborted) return;
    say(`${name} ended unexpectedly; starting it again`);
    const next = await again();
    server = next.server;
    watch(server);
    tell();
    if (next.url !== first.url) say(`${name} did not get its address back: stop npm start and run it again`);
  };
  const watch = (running: Server | null): void => {
    void running?.exited.then(replace).catch((error: Error) => say(`${name} does not come back: ${error.message}`));
  };
  watch(server);
  shutdown.onEnd(() => server?.stop());
  return {
    pids: () => (server ? { [name.toLowerCase()]: server.pid } : {}),
    onReplaced: (listener) => (tell = listener),
  };
}
