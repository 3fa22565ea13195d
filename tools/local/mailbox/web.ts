import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Mails } from './mails.ts';
import { previewList, readPreviews } from './previews.ts';

type Answer = Readonly<{ type: string; body: string | Buffer; policy?: string }>;

const asset = (name: string): Buffer => readFileSync(new URL(`page/${name}`, import.meta.url));
const PAGE: Readonly<Record<string, Answer>> = {
  '/': { type: 'text/html', body: asset('index.html') },
  '/mailbox.css': { type: 'text/css', body: asset('mailbox.css') },
  '/mailbox.js': { type: 'text/javascript', body: asset('mailbox.js') },
};
const PAGE_POLICY = [
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; frame-src 'self'",
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
].join('; ');
// A mail is somebody else's page: no scripts, no forms, no requests, an origin of its own. Its links open in new tabs.
const MAIL_POLICY = [
  'sandbox allow-popups allow-popups-to-escape-sandbox',
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'",
].join('; ');

/** `/templates` shows what the services can send; `/` shows the mails, `/messages` lists them as JSON, `/messages/<id>/html` is one mail as it wants to look. */
export function webServer(mails: Mails): Server {
  return createServer((request, response) => {
    const isMeant = isLocal(request) && request.method === 'GET';
    if (!isMeant) return send(response, null);
    answerTo(request.url?.split('?')[0] ?? '/', mails).then(
      (answer) => send(response, answer),
      () => send(response, NOT_BUILT),
    );
  });
}

const NOT_BUILT: Answer = { type: 'text/plain', body: 'The templates are those of the build, and it failed.' };

/** A page on the internet can point its own name at 127.0.0.1; the Host header still tells whose name was asked for. */
const isLocal = ({ headers }: IncomingMessage): boolean => /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(headers.host ?? '');

async function answerTo(path: string, mails: Mails): Promise<Answer | null> {
  if (path.startsWith('/templates')) return templateAt(path);
  if (path === '/messages') return { type: 'application/json', body: JSON.stringify(mails.list()) };
  const id = /^\/messages\/([\w-]+)\/html$/.exec(path)?.[1];
  const html = id === undefined ? undefined : mails.find(id)?.html;
  if (html) return { type: 'text/html', body: `<!doctype html><base target="_blank">${html}`, policy: MAIL_POLICY };
  return PAGE[path] ?? null;
}

async function templateAt(path: string): Promise<Answer | null> {
  const previews = await readPreviews();
  if (path === '/templates') return { type: 'text/html', body: previewList(previews) };
  const [, , template, locale, part] = path.split('/');
  const preview = previews.find((one) => one.template === template && one.locale === locale);
  if (preview && part === 'text') return { type: 'text/plain', body: preview.text };
  if (preview && part === 'html')
    return { type: 'text/html', body: `<!doctype html>${preview.html}`, policy: MAIL_POLICY };
  return null;
}

function send(response: ServerResponse, answer: Answer | null): void {
  const { type, body, policy } = answer ?? { type: 'text/plain', body: 'Not found' };
  response.writeHead(answer ? 200 : 404, {
    'content-type': `${type}; charset=utf-8`,
    'content-security-policy': policy ?? PAGE_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  response.end(body);
}
