import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Clock } from '../kernel/clock.js';
import { httpApp } from '../testing/http-app.js';
import { DownloadsModule } from './downloads.module.js';
import { LocalStorage } from './local-storage.js';
import { StorageModule } from './storage.module.js';
import { describeStorage } from './testing/storage.contract.js';

const folder = mkdtempSync(join(tmpdir(), 'storage-'));
const app = await httpApp(
  {
    imports: [StorageModule, DownloadsModule],
    providers: [{ provide: Clock, useValue: { now: () => new Date() } }],
  },
  undefined,
  { STORAGE_DIRECTORY: folder, STORAGE_PUBLIC_URL: 'https://files.example.test' },
);
const storage = app.get(LocalStorage);
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const pathOf = (url: string): string => url.replace('https://files.example.test', '');

async function post(url: string, body: FormData): Promise<{ status: number; code: string | undefined }> {
  const encoded = new Response(body);
  const { statusCode, body: text } = await app.inject({
    method: 'POST',
    url: pathOf(url),
    payload: Buffer.from(await encoded.arrayBuffer()),
    headers: { 'content-type': String(encoded.headers.get('content-type')) },
  });
  return { status: statusCode, code: text === '' ? undefined : JSON.parse(text).code };
}

async function fetchLink(url: string): Promise<Response> {
  const { statusCode, rawPayload, headers } = await app.inject({ method: 'GET', url: pathOf(url) });
  return new Response(new Uint8Array(rawPayload), { status: statusCode, headers: headers as Record<string, string> });
}

describeStorage('LocalStorage', { storage: () => storage, answerTo: ({ url }, body) => post(url, body), fetchLink });

describe('a file that is sent', () => {
  const aForm = (fields: Readonly<Record<string, string>>, content = 'hello'): FormData => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([content]), 'a.txt');
    return form;
  };
  const expected = { key: 'tests/sent/a', contentType: 'text/plain', size: 5, sha256: 'a'.repeat(64) };

  it('leaves nothing behind when it is refused, in whatever way', async () => {
    const { url, fields } = await storage.formFor(expected, 60);

    const answers = [
      await post(url, aForm(fields)),
      await post(url, aForm(fields, 'hello!')),
      await post(url, aForm({ ...fields, 'Content-Type': 'text/html' })),
      await post(url, aForm({ ...fields, token: 'x' })),
      await post(url, aForm({})),
      await post(url, new FormData()),
    ];

    expect(answers.map(({ code }) => code)).toEqual([
      'FILE_CHECKSUM_MISMATCH',
      'FILE_SIZE_MISMATCH',
      'UPLOAD_FORM_INVALID',
      'UPLOAD_FORM_INVALID',
      'UPLOAD_FORM_INVALID',
      'MALFORMED_REQUEST',
    ]);
    expect(readdirSync(join(folder, 'tests', 'sent'))).toEqual([]);
  });

  it('is refused once the form has ended', async () => {
    const { url, fields } = await storage.formFor(expected, -1);

    expect(await post(url, aForm(fields))).toEqual({ status: 403, code: 'UPLOAD_FORM_INVALID' });
  });

  it('is served under another host, and by nobody sniffed', async () => {
    await storage.write('tests/a', Buffer.from('<script>'));
    const { url } = await storage.linkTo({ key: 'tests/a', name: 'a', contentType: 'image/png', size: 8 }, 60);

    expect(url).toMatch(/^https:\/\/files\.example\.test\/v1\/downloads\?token=/);
    expect((await fetchLink(url)).headers.get('x-content-type-options')).toBe('nosniff');
  });
});
