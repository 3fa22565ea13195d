import { connect, type Socket } from 'node:net';

/** What a server said on one connection until it closed it, and when that was. */
export type Conversation = Readonly<{ answer: string; milliseconds: number }>;

/** Opens a connection for what no HTTP client would send. `speak` may go on for as long as the connection is open. */
export function converse(url: string, speak: (socket: Socket) => void): Promise<Conversation> {
  const { hostname, port } = new URL(url);
  const startedAt = performance.now();
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => speak(socket));
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
    // What is sent into a closed connection is lost, and that is all.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve({ answer, milliseconds: performance.now() - startedAt }));
  });
}

export function partsOf(answer: string): { status: number; headers: Headers; body: string } {
  const [head = '', body = ''] = answer.split('\r\n\r\n', 2);
  const [line = '', ...fields] = head.split('\r\n');
  const headers = new Headers(
    fields.map((field): [string, string] => [
      field.slice(0, field.indexOf(':')),
      field.slice(field.indexOf(':') + 1).trim(),
    ]),
  );
  return { status: Number(line.split(' ')[1]), headers, body };
}
