import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export type PathProxy = Readonly<{ url: string; stop: () => Promise<void> }>;

/** A reverse proxy on a port of its own that answers below `basePath` alone, and asks `target` for what `passedOn` makes of the path. */
export async function startPathProxy(
  target: string,
  basePath: string,
  passedOn: (path: string) => string,
): Promise<PathProxy> {
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '';
    if (!path.startsWith(`${basePath}/`)) return void outgoing.writeHead(404).end('Not below the path of the service.');

    const passed = request(
      target + passedOn(path),
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
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
