import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Declaration } from '../domain/upload.js';
import { aDeclaration } from './upload.factory.js';

type Data = Readonly<{
  id: string;
  url: string;
  fields: Record<string, string>;
  status: string;
  reason: string | null;
}>;
type Answer = Readonly<{ status: number; code: string | undefined; data: Data }>;

/** What a client does, without a server that listens. */
export function uploading(app: NestFastifyApplication) {
  async function call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object | Buffer, headers = {}) {
    const { statusCode, body } = await app.inject({ method, url, headers, ...(payload && { payload }) });
    const { code, data } = body === '' ? {} : JSON.parse(body);
    return { status: statusCode, code, data } as Answer;
  }

  /** The form, as a browser posts it. */
  async function post(fields: Readonly<Record<string, string>>, content: Uint8Array<ArrayBuffer>): Promise<Answer> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([content]), '../../x.html');
    const encoded = new Response(form);
    const headers = { 'content-type': String(encoded.headers.get('content-type')) };
    return call('POST', '/v1/files', Buffer.from(await encoded.arrayBuffer()), headers);
  }

  return {
    call,
    post,
    presign: (overrides: Partial<Declaration> = {}) => call('POST', '/v1/uploads/presigned', aDeclaration(overrides)),
    confirm: (id: string) => call('POST', '/v1/uploads/confirm', { id }),
    get: (id: string) => call('GET', `/v1/uploads/${id}`),
    remove: (id: string) => call('DELETE', `/v1/uploads/${id}`),
  };
}
