// The load, a process of its own: as many requests as the server answers over a fixed number of connections, for a fixed time.
// Connections stay open from one visit to the next, so that no visit pays for them.
import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export type LoadRequest = Readonly<{
  port: number;
  method: 'GET' | 'POST';
  path: string;
  headers: Readonly<Record<string, string>>;
  /** What is sent, one after the other and then from the start again; empty for requests without a body. */
  bodies: readonly string[];
  /** Whether each request has an Idempotency-Key of its own. */
  hasKeys: boolean;
  expected: Readonly<{ status: number /** Null where each answer is another. */; body: string | null }>;
  connections: number;
  seconds: number;
}>;
/** `seconds`: until the last answer. */
export type LoadResult = Readonly<{
  requests: number;
  failures: number;
  firstFailure: string | null;
  seconds: number;
}>;

process.on('message', (request: LoadRequest) => {
  void run(request).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit());

async function run(request: LoadRequest): Promise<LoadResult> {
  const { expected, connections, seconds } = request;
  const next = messagesOf(request);
  const result = { requests: 0, failures: 0, firstFailure: null as string | null };
  const sockets = await connectionsTo(request, connections);
  const startedAt = performance.now();
  const isOver = endAfter(seconds);
  const startOfAnswer = `HTTP/1.1 ${expected.status} `;

  const answered = (response: string, end: number) => {
    result.requests += 1;
    if (response.startsWith(startOfAnswer) && (expected.body === null || response.slice(end) === expected.body)) return;
    result.failures += 1;
    result.firstFailure ??= response;
  };
  await Promise.all(sockets.map((socket) => converse(socket, next, isOver, answered)));
  return { ...result, seconds: (performance.now() - startedAt) / 1_000 };
}

/** What is sent next. */
function messagesOf({ port, method, path, headers, bodies, hasKeys }: Omit<LoadRequest, 'expected'>): () => string {
  const head = Object.entries({ host: `127.0.0.1:${port}`, ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const start = `${method} ${path} HTTP/1.1\r\n${head.join('')}`;
  const rests = bodies.map(
    (body) => `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  let sent = 0;
  return () => {
    const key = hasKeys ? `idempotency-key: ${randomUUID()}\r\n` : '';
    return `${start}${key}${rests[sent++ % rests.length] ?? '\r\n'}`;
  };
}

function endAfter(seconds: number): () => boolean {
  let isOver = false;
  setTimeout(() => (isOver = true), seconds * 1000);
  return () => isOver;
}

const open = new Map<string, Promise<Socket[]>>();

function connectionsTo({ port, path }: Pick<LoadRequest, 'port' | 'path'>, count: number): Promise<Socket[]> {
  const key = `${port}${path}`;
  const sockets = open.get(key) ?? Promise.all(Array.from({ length: count }, () => connected(port)));
  open.set(key, sockets);
  return sockets;
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.setNoDelay(true).setEncoding('latin1').once('error', reject);
  });
}

/** One request after the other on one connection; the last one is waited for, so that every request is counted whole. */
function converse(
  socket: Socket,
  next: () => string,
  isOver: () => boolean,
  answered: (response: string, bodyStart: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let received = '';
    const broken = () => reject(new Error('The server closed a connection.'));
    const read = (chunk: string) => {
      received += chunk;
      const bodyStart = received.indexOf('\r\n\r\n') + 4;
      if (bodyStart === 3 || received.length < bodyStart + lengthOf(received)) return;

      answered(received, bodyStart);
      received = '';
      if (!isOver()) return void socket.write(next());
      socket.off('data', read).off('close', broken);
      resolve();
    };
    socket.on('data', read).once('close', broken);
    socket.write(next());
  });
}

function lengthOf(response: string): number {
  return Number(/\r\ncontent-length: (\d+)/i.exec(response)?.[1] ?? 0);
}
