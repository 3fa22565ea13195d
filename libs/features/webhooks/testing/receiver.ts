import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Received = Readonly<{ headers: IncomingHttpHeaders; body: string; at: number }>;
type Answer = (received: Received, response: ServerResponse) => void;

const noContent: Answer = (_, response) => void response.writeHead(204).end();

/** A server of somebody who listens, and what it has heard. */
export async function aReceiver(answer: Answer = noContent) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const one = { headers: request.headers, body, at: performance.now() };
      received.push(one);
      answer(one, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks?key=the-key`,
    received,
    ids: () => received.map(({ headers }) => String(headers['webhook-id'])),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
