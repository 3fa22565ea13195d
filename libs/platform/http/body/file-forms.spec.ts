import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Controller, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { httpApp } from '../../testing/http-app.js';
import { Public } from '../routes/access.decorators.js';
import { AcceptsFile, readFileForm } from './file-forms.js';

/** How the last file ended, once it has begun. */
let onFile = (_end: { end: Promise<unknown> }): void => undefined;

@Controller()
class FilesController {
  @Post('file')
  @Public()
  @AcceptsFile()
  async file(@Req() request: FastifyRequest) {
    const { fields, file } = await readFileForm(request);
    const content = text(file);
    onFile({ end: content.catch((error: unknown) => error) });
    return { ...fields, content: await content };
  }

  @Post('json')
  @Public()
  json() {
    return {};
  }
}

const app = await httpApp({ controllers: [FilesController] });
await app.listen(0, '127.0.0.1');
afterAll(() => app.close());

const TYPE = 'multipart/form-data; boundary=x';
const field = (name: string, value: string) =>
  `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const aFile = (content: string) =>
  `--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\ncontent-type: text/plain\r\n\r\n${content}`;
const END = '\r\n--x--\r\n';

async function post(payload: string, url = '/file', type = TYPE) {
  const { statusCode, body } = await app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } });
  return [statusCode, JSON.parse(body).code ?? JSON.parse(body)];
}

describe('a form with a file', () => {
  it('is read up to its file, which is a stream', async () => {
    expect(await post(`${field('a', '1')}${field('b', 'ü')}${aFile('content')}${END}`)).toEqual([
      201,
      { a: '1', b: 'ü', content: 'content' },
    ]);
  });

  it('is not read behind its file', async () => {
    expect(await post(`${aFile('content')}\r\n${field('late', '1')}--x--\r\n`)).toEqual([201, { content: 'content' }]);
  });

  it.each([
    ['without a file', `${field('a', '1')}--x--\r\n`, TYPE, [400, 'MALFORMED_REQUEST']],
    ['that is no form', '{}', 'application/json', [415, 'UNSUPPORTED_MEDIA_TYPE']],
    ['that does not say where fields end', 'x', 'multipart/form-data', [415, 'UNSUPPORTED_MEDIA_TYPE']],
    ['that breaks off in a field', '--x\r\ncontent-disposition: form', TYPE, [400, 'MALFORMED_REQUEST']],
  ])('is refused %s', async (_what, payload, type, answer) => {
    expect(await post(payload, '/file', type)).toEqual(answer);
  });

  it('is refused by every other route', async () => {
    expect(await post(`${aFile('content')}${END}`, '/json')).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });

  it('whose sender hangs up in the middle ends with an error', async () => {
    const { port } = app.getHttpServer().address() as AddressInfo;
    const begun = new Promise<{ end: Promise<unknown> }>((resolve) => (onFile = resolve));
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `POST /file HTTP/1.1\r\nhost: a\r\ncontent-type: ${TYPE}\r\ncontent-length: 5000\r\n\r\n${aFile('begin')}`,
    );
    const { end } = await begun;

    socket.destroy();

    expect(await end).toBeInstanceOf(Error);
  });
});
