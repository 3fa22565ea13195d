import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Deliveries } from './deliveries.ts';

const asset = (name: string): Buffer => readFileSync(new URL(`page/${name}`, import.meta.url));
const PAGE: Readonly<Record<string, readonly [type: string, body: Buffer]>> = {
  '/': ['text/html', asset('index.html')],
  '/receiver.css': ['text/css', asset('receiver.css')],
  '/receiver.js': ['text/javascript', asset('receiver.js')],
};
const POLICY = [
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'",
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
].join('; ');

/** POST anywhere is a delivery; `/` shows those that came, `/deliveries` lists them as JSON. */
export function pageServer(deliveries: Deliveries): Server {
  return createServer((request, response) => {
    void answerTo(request, deliveries).then(([status, type, body]) => {
      response.writeHead(status, {
        'content-type': `${type}; charset=utf-8`,
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      });
      response.end(body);
    });
  });
}

type Answer = readonly [status: number, type: string, body: string | Buffer];

async function answerTo(request: IncomingMessage, deliveries: Deliveries): Promise<Answer> {
  const { method, url = '/', headers } = request;
  if (!isLocal(request)) return [404, 'text/plain', 'Not found'];
  if (method === 'POST') {
    const { isVerified } = deliveries.add(headers, await text(request));
    return isVerified
      ? [200, 'text/plain', 'Verified']
      : [401, 'text/plain', 'The signature is not that of this endpoint.'];
  }
  const path = url.split('?')[0] ?? '/';
  if (path === '/deliveries') return [200, 'application/json', JSON.stringify(deliveries.list())];
  const page = PAGE[path];
  return page ? [200, ...page] : [404, 'text/plain', 'Not found'];
}

/** A page on the internet can point its own name at 127.0.0.1; the Host header still tells whose name was asked for. */
const isLocal = ({ headers }: IncomingMessage): boolean => /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(headers.host ?? '');
