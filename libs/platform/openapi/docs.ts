import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { pageFile } from '../http/answers/page-file.js';
import { openApiDocument } from './document.js';

const require = createRequire(import.meta.url);

const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

/** Swagger UI injects styles of its own; scripts come from here alone. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

/** Every address is relative, because PUBLIC_URL may have a path. @param folder of the files, seen from the page */
const page = (folder: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>API reference</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${folder}swagger-ui.css">
<div id="reference"></div>
<script src="${folder}swagger-ui-bundle.js"></script>
<script type="module" src="${folder}start.js"></script>
</html>
`;

const START = pageFile(import.meta.url, 'start.js');

/** The interactive reference at /docs and the document at /openapi.json, made when first asked for. */
export function serveDocs(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const config = { access: 'public' as const };
  let json: string | undefined;

  fastify.get('/openapi.json', { config }, (_request, reply) => {
    json ??= JSON.stringify(openApiDocument(app));
    return reply.type('application/json; charset=utf-8').send(json);
  });
  for (const [url, folder] of [
    ['/docs', 'docs/'],
    ['/docs/', ''],
  ] as const) {
    fastify.get(url, { config }, (_request, reply) => send(reply, 'text/html; charset=utf-8', page(folder)));
  }
  fastify.get('/docs/start.js', { config }, (_request, reply) => send(reply, 'text/javascript; charset=utf-8', START));

  const folder = dirname(require.resolve('swagger-ui-dist/package.json'));
  for (const [file, type] of Object.entries(ASSETS)) {
    fastify.get(`/docs/${file}`, { config }, async (_request, reply) =>
      send(reply, type, await readFile(join(folder, file))),
    );
  }
}

const send = (reply: FastifyReply, type: string, content: string | Buffer): FastifyReply =>
  reply.type(type).header('content-security-policy', POLICY).header('cache-control', 'no-cache').send(content);
