// A process of its own: takes whatever comes at one port, and never answers at another.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Ports = Readonly<{ alive: number; dead: number }>;

const alive = createServer((request, response) => {
  request.resume().once('end', () => response.writeHead(204).end());
});
const dead = createServer(() => undefined);
const listen = (server: Server) =>
  new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

process.on('disconnect', () => process.exit());
process.send?.({ alive: await listen(alive), dead: await listen(dead) } satisfies Ports);
