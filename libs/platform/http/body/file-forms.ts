import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MalformedRequest, UnsupportedMediaType } from '../errors/http.errors.js';
import { routeConfig } from '../routes/route-config.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    acceptsFile?: boolean;
  }
}

/** As small as what a form of ours needs: they are read before anybody knows whether it is one. */
const LIMITS = { files: 1, fields: 10, fieldNameSize: 100, fieldSize: 4_096, headerPairs: 20 };

/** What came before the file, and the file, which is not read yet. */
export type FileForm = Readonly<{ fields: Readonly<Record<string, string>>; file: Readable }>;

/**
 * For a form with a file in it, `multipart/form-data`. The body is not read before the controller does (`readFileForm`), and no limit of
 * bodies holds for it: whoever takes the file knows how large it may be. Any page can make a browser send one, as with `@AcceptsForm`.
 */
export const AcceptsFile = (): MethodDecorator => routeConfig({ acceptsFile: true });

export function acceptFiles(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('multipart/form-data', ({ incomingBody, routeOptions }, payload, done) => {
    if (routeOptions.config.acceptsFile === true) done(null, undefined);
    else if (incomingBody) incomingBody.refuseContent(payload, new UnsupportedMediaType(), done);
    else done(null);
  });
}

/** Up to the file; what comes behind it is not looked at. @throws MalformedRequest when there is none; UnsupportedMediaType */
export function readFileForm({ raw, headers }: Pick<FastifyRequest, 'raw' | 'headers'>): Promise<FileForm> {
  return new Promise((resolve, reject) => {
    const fields: Record<string, string> = {};
    const busboy = parserFor(headers, reject);
    if (!busboy) return;

    busboy.on('field', (name, value) => {
      fields[name] = value;
    });
    busboy.once('file', (_name, file) => {
      connect(raw, busboy, file);
      resolve({ fields: { ...fields }, file });
    });
    busboy.once('finish', () => reject(new MalformedRequest('The form has no file.')));
    busboy.on('error', (cause) => reject(new MalformedRequest(undefined, { cause })));
    raw.once('error', reject).pipe(busboy);
  });
}

function parserFor(headers: FastifyRequest['headers'], reject: (error: Error) => void): BusboyInstance | null {
  try {
    return new Busboy({ headers: headers as BusboyHeaders, limits: LIMITS });
  } catch (cause) {
    // It is no form with files, or one that does not say where its fields end.
    reject(new UnsupportedMediaType('Send multipart/form-data.', { cause }));
    return null;
  }
}

/** A request that breaks off ends the file with an error, and a file that nobody wants to read to its end stops the parser. */
function connect(raw: IncomingMessage, busboy: BusboyInstance, file: Readable): void {
  const incomplete = () => new MalformedRequest('The body is not complete.');
  raw.once('close', () => {
    if (!raw.complete) file.destroy(incomplete());
  });
  file.once('close', () => {
    raw.unpipe(busboy);
    raw.resume();
  });
}
