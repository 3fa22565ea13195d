import { type ForwardingServer, startForwardingServer } from './forwarding-server.js';

export type PathProxy = ForwardingServer;

/** A reverse proxy on a port of its own that answers below `basePath` alone, and asks `target` for what `passedOn` makes of the path. */
export const startPathProxy = (
  target: string,
  basePath: string,
  passedOn: (path: string) => string,
): Promise<PathProxy> =>
  startForwardingServer((path) => (path.startsWith(`${basePath}/`) ? target + passedOn(path) : undefined));
