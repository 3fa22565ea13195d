// The load, a process of its own: as many requests as the server answers over a fixed number of connections, for a fixed time.
import { connect, type Socket } from 'node:net';

export type LoadRequest = Readonly<{
  port: number;
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  connections: number;
  seconds: number;
}>;
export type LoadResult = Readonly<{ requests: number; failures: number; firstFailure: string | null }>;

process.on('message', (request: LoadRequest) => {
  void run(request).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit());

async function run({ port, path, headers, body, connections, seconds }: LoadRequest): Promise<LoadResult> {
  const head = Object.entries({ host: `127.0.0.1:${port}`, ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const bytes = Buffer.from(`GET ${path} HTTP/1.1\r\n${head.join('')}\r\n`);
  const result = { requests: 0, failures: 0, firstFailure: null as string | null };
  const isOver = endAfter(seconds);

  const answered = (response: string, end: number) => {
    result.requests += 1;
    if (response.startsWith('HTTP/1.1 200') && response.slice(end) === body) return;
    result.failures += 1;
    result.firstFailure ??= response;
  };
  await Promise.all(Array.from({ length: connections }, () => converse(port, bytes, isOver, answered)));
  return result;
}

function endAfter(seconds: number): () => boolean {
  let isOver = false;
  setTimeout(() => (isOver = true), seconds * 1000);
  return () => isOver;
}

/** One request after the other on one connection; the last one is waited for, so that every request is counted whole. */
function converse(
  port: number,
  request: Buffer,
  isOver: () => boolean,
  answered: (response: string, bodyStart: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket: Socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.setNoDelay(true).setEncoding('latin1');
    socket.once('error', reject);
    socket.once('close', () => resolve());
    socket.on('data', (chunk: string) => {
      received += chunk;
      const bodyStart = received.indexOf('\r\n\r\n') + 4;
      if (bodyStart === 3 || received.length < bodyStart + lengthOf(received)) return;

      answered(received, bodyStart);
      received = '';
      if (isOver()) socket.destroy();
      else socket.write(request);
    });
  });
}

function lengthOf(response: string): number {
  return Number(/\r\ncontent-length: (\d+)/i.exec(response)?.[1] ?? 0);
}
