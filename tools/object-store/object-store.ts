import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import S3rver from '@20minutes/s3rver';
import { PolicyBroken } from './post-policy.ts';
import { postedFile } from './posted-file.ts';
import type { ObjectStoreSettings } from './settings.ts';
import { signatureProblem } from './signed-request.ts';

const KNOWN_KEY = 'S3RVER';
const OPTIONS = { silent: true, vhostBuckets: false, allowMismatchedSignatures: true };

/** So that pages may send forms and read files, whatever origin they are of: both are signed. */
const FOR_BROWSERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, POST, PUT',
  'access-control-allow-headers': '*',
  'access-control-expose-headers': 'ETag',
};

/**
 * S3 for this machine: what s3rver makes of requests, behind a check of their signatures. Its own lets through whatever is not signed at all,
 * takes any form, and refuses links to names that are not plain.
 */
export async function objectStore(settings: ObjectStoreSettings): Promise<Server> {
  const { directory, bucket } = settings;
  const store = new S3rver({ ...OPTIONS, directory, configureBuckets: [{ name: bucket }] });
  await store.configureBuckets();
  const answer = store.callback();

  return createServer((request, response) => {
    for (const [name, value] of Object.entries(FOR_BROWSERS)) response.setHeader(name, value);
    // No bucket can have this name.
    if (request.url === '/-/ready' || request.method === 'OPTIONS') return response.writeHead(204).end();
    if (isForm(request)) return takeForm(store, settings, { request, response });

    const problem = signatureProblem(request, settings, new Date());
    if (problem === null) return answer(asKnown(request, settings), response);
    return refuse(response, new PolicyBroken('SignatureDoesNotMatch', problem));
  });
}

/** s3rver knows one key, of this name; whose request it is was found out before. */
function asKnown(request: IncomingMessage, { accessKeyId }: ObjectStoreSettings): IncomingMessage {
  const { headers, url = '' } = request;
  if (headers.authorization)
    headers.authorization = headers.authorization.replace(`=${accessKeyId}/`, `=${KNOWN_KEY}/`);
  request.url = url.replace(`X-Amz-Credential=${accessKeyId}%2F`, `X-Amz-Credential=${KNOWN_KEY}%2F`);
  return request;
}

const isForm = ({ method, headers }: IncomingMessage): boolean =>
  method === 'POST' && headers['content-type']?.startsWith('multipart/form-data') === true;

type Exchange = Readonly<{ request: IncomingMessage; response: ServerResponse }>;

async function takeForm(store: S3rver, settings: ObjectStoreSettings, { request, response }: Exchange): Promise<void> {
  try {
    const { key, contentType, path } = await postedFile(request, settings);
    const metadata = { 'content-type': contentType };
    const { md5 } = await store.store
      .putObject({ bucket: settings.bucket, key, content: createReadStream(path), metadata })
      .finally(() => rm(path, { force: true }));
    response.writeHead(204, { etag: JSON.stringify(md5) }).end();
  } catch (error) {
    refuse(response, error instanceof PolicyBroken ? error : new PolicyBroken('AccessDenied', String(error)));
  }
}

function refuse(response: ServerResponse, { code, message }: PolicyBroken): void {
  const status = code === 'AccessDenied' || code === 'SignatureDoesNotMatch' ? 403 : 400;
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}
