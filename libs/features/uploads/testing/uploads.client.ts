import { orThrow, type Schemas } from '#client/index.js';
import type { ApiClient } from '#platform/testing/system/api-client.js';
import { eventually } from '#platform/testing/waiting/eventually.js';

type Declared = Partial<Schemas['PresignUploadBody']>;
type Sending = Readonly<{ token: string; content: Uint8Array<ArrayBuffer>; declared?: Declared }>;

export const presign = (client: ApiClient, { token, content, declared = {} }: Sending) =>
  client.as(token).POST('/v1/uploads/presigned', {
    body: { kind: 'image', fileName: 'cat.png', contentType: 'image/png', size: content.length, ...declared },
  });

/** As a browser does: the fields of the form, and the file last. */
export async function post(
  { url, fields }: Pick<Schemas['PresignedUpload'], 'url' | 'fields'>,
  content: Uint8Array<ArrayBuffer>,
): Promise<{ status: number; text: string }> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append('file', new Blob([content]), 'whatever.html');
  const response = await fetch(url, { method: 'POST', body });
  return { status: response.status, text: await response.text() };
}

export const confirm = (client: ApiClient, { token, id }: { token: string; id: string }) =>
  client.as(token).POST('/v1/uploads/confirm', { body: { id } });

export const getUpload = (client: ApiClient, { token, id }: { token: string; id: string }) =>
  client.as(token).GET('/v1/uploads/{id}', { params: { path: { id } } });

/** Declared, sent and confirmed. */
export async function send(client: ApiClient, sending: Sending): Promise<Schemas['Upload']> {
  const { data: form } = await orThrow(presign(client, sending));
  const posted = await post(form, sending.content);
  if (posted.status >= 300) throw new Error(`The form was refused: ${posted.text}`);
  return (await orThrow(confirm(client, { token: sending.token, id: form.id }))).data;
}

/** Waits for the worker. */
export const whenProcessed = (client: ApiClient, asked: { token: string; id: string }): Promise<Schemas['Upload']> =>
  eventually(async () => {
    const { data } = await orThrow(getUpload(client, asked));
    if (data.status === 'processing' || data.status === 'pending') throw new Error(`It is ${data.status}.`);
    return data;
  });
