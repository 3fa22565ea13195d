import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ForwardingServer = Readonly<{ url: string; stop: () => Promise<void> }>;

/** A server on a port of its own that asks another one: `addressOf` says which for a path, or that there is nothing at it. */
export async function startForwardingServer(
  addressOf: (path: string) => string | undefined,
): Promise<ForwardingServer> {
  const server = createServer((incoming, outgoing) => {
    const address = addressOf(incoming.url ?? '');
    if (address === undefined) return void outgoing.writeHead(404).end('Nothing is passed on from here.');

    const passed = request(address, { method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const { port } = server.address() as AddressInfo;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, stop };
}
