// A collector, a process of its own: takes what OTLP/HTTP exporters send and counts the spans of each service.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

const spans: Record<string, number> = {};

const server = createServer((request, response) => {
  void text(request).then((body) => {
    if (request.url === '/v1/traces') count(body);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
});

/** Each request of an exporter comes from one service. Counting is enough, and much cheaper than parsing. */
function count(body: string): void {
  const service = /"service\.name","value":\{"stringValue":"([^"]+)"/.exec(body)?.[1] ?? 'unknown';
  spans[service] = (spans[service] ?? 0) + body.split('"spanId":').length - 1;
}

server.listen(0, '127.0.0.1', () =>
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
);
process.on('message', () => process.send?.(spans));
process.on('disconnect', () => process.exit());
