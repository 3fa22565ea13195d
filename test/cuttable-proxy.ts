import { connect, createServer, type Socket } from 'node:net';

/**
 * Stands before a server that other tests use too, so that one test can lose its connection to it and get it back.
 * Frozen, it takes everything and answers nothing.
 */
export type CuttableProxy = Readonly<{ url: string; cut: () => void; freeze: () => void; restore: () => void; close: () => Promise<void> }>;

export async function cuttableProxy(targetUrl: string): Promise<CuttableProxy> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  let isFrozen = false;

  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };
  const dropAll = () => sockets.forEach((socket) => socket.destroy());

  const server = createServer((client) => {
    if (isCut) return client.destroy();
    const upstream = connect(Number(target.port), target.hostname);
    [client, upstream].forEach(keep);
    if (isFrozen) return;
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const url = new URL(targetUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as { port: number }).port);
  return {
    url: url.href,
    cut: () => {
      isCut = true;
      dropAll();
    },
    freeze: () => {
      isFrozen = true;
      sockets.forEach((socket) => socket.unpipe().pause());
    },
    restore: () => {
      // What is open is no use any more: clients have given up on it, and come again.
      if (isFrozen) dropAll();
      isCut = isFrozen = false;
    },
    close: async () => {
      dropAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
