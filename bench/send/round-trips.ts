import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type Kind, type Surroundings, startVariant, type Variant } from '../variants.ts';

const REQUESTS = 200;

export type RoundTrips = Readonly<{ name: string; each: number }>;

/** How often each kind of server waits for Postgres while it answers one POST, seen on the wire, one request after the other. */
export async function measureRoundTrips(surroundings: Omit<Surroundings, 'trivialAnswer'>): Promise<RoundTrips[]> {
  const of = async (name: string, kind: Kind) => ({ name, each: await roundTripsOf({ name, kind }, surroundings) });
  return [await of('hand-written', 'hand-written'), await of('this API', 'api')];
}

async function roundTripsOf(
  { name, kind }: Pick<Variant, 'name' | 'kind'>,
  { setting, ...rest }: Omit<Surroundings, 'trivialAnswer'>,
): Promise<number> {
  const url = new URL(setting.environment['DATABASE_URL'] ?? '');
  const wire = await countingProxy(url.hostname, Number(url.port));
  const through = new URL(url);
  through.host = `127.0.0.1:${wire.port}`;
  const environment = { ...setting.environment, DATABASE_URL: through.href };
  const variant: Variant = { name, kind, route: 'send', sampling: 0 };
  const { server, question } = await startVariant(variant, {
    ...rest,
    trivialAnswer: '{}',
    setting: { ...setting, environment },
  });
  try {
    const ask = async () => {
      const response = await fetch(`http://127.0.0.1:${server.port}${question.path}`, {
        method: question.method,
        headers: {
          ...question.headers,
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        },
        body: question.bodies[0] ?? '',
      });
      if (response.status !== question.status) throw new Error(`"${name}" answers ${response.status}.`);
      await response.arrayBuffer();
    };
    for (let request = 0; request < REQUESTS; request++) await ask();
    const before = wire.roundTrips();
    for (let request = 0; request < REQUESTS; request++) await ask();
    return (wire.roundTrips() - before) / REQUESTS;
  } finally {
    await server.stop();
    wire.stop();
  }
}

/** A round trip begins with the first bytes that a client sends after the server has said something. */
async function countingProxy(host: string, port: number) {
  let count = 0;
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = connect(port, host);
    let isAnswered = true;
    client.on('data', (data) => {
      if (isAnswered) count += 1;
      isAnswered = false;
      server.write(data);
    });
    server.on('data', (data) => {
      isAnswered = true;
      client.write(data);
    });
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(socket);
      socket
        .setNoDelay(true)
        .once('error', () => other.destroy())
        .once('close', () => other.destroy());
    }
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    port: (proxy.address() as AddressInfo).port,
    roundTrips: () => count,
    stop: () => {
      proxy.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
