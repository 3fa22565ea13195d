import type { FeatureServer } from '../../../../tools/local/servers/feature-servers.ts';
import { freePort } from '../../../../tools/servers/ports.ts';
import { Deliveries } from './server/deliveries.ts';
import { ownEndpoint } from './server/own-endpoint.ts';
import { pageServer } from './server/page-server.ts';

/** A receiver with a page, where a person sees events arrive and verified. */
export async function start(preferredPort?: number): Promise<FeatureServer> {
  const deliveries = new Deliveries();
  const server = pageServer(deliveries);
  const port = await freePort(preferredPort);
  await new Promise<void>((resolve, reject) => void server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    pageUrl: `http://localhost:${port}`,
    connect: async (run) => {
      deliveries.secret = await ownEndpoint(run, `http://127.0.0.1:${port}/hooks`);
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
