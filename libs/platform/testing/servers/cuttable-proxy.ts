import { connect, createServer, type Socket } from 'node:net';

/** Stands before a server that other tests use too, so that one test can lose its connection to it and get it back. */
export type CuttableProxy = Readonly<{
  url: string;
  cut: () => void;
  /** Takes everything and answers nothing, on every connection. */
  freeze: () => void;
  /** As a firewall does that forgets what is open: those connections stay and lead nowhere, and new ones work. */
  strand: () => void;
  /** As a name does whose address changes: new connections go to that server, and what is open stays where it is. */
  redirect: (targetUrl: string) => void;
  restore: () => void;
  /** How many connections it has been asked for so far. */
  connections: () => number;
  close: () => Promise<void>;
}>;

export async function cuttableProxy(targetUrl: string): Promise<CuttableProxy> {
  let target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  let isFrozen = false;
  let connections = 0;

  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };
  const dropAll = () => sockets.forEach((socket) => socket.destroy());
  const strand = () => sockets.forEach((socket) => socket.unpipe().pause());

  const server = createServer((client) => {
    connections++;
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
      strand();
    },
    strand,
    redirect: (newUrl) => (target = new URL(newUrl)),
    restore: () => {
      // What is open is no use any more: clients have given up on it, and come again.
      if (isFrozen) dropAll();
      isCut = isFrozen = false;
    },
    connections: () => connections,
    close: async () => {
      dropAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
