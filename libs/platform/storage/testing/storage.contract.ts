import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { type ExpectedFile, FileNotFound, type Storage, type UploadForm } from '../../kernel/storage.js';
import { newId } from '../../kernel/values/ids.js';

type Change = Readonly<{ fields?: Record<string, string>; content?: string }>;
type Setup = Readonly<{
  storage: () => Storage;
  answerTo: (form: UploadForm, body: FormData) => Promise<{ status: number }>;
  fetchLink: (url: string) => Promise<Response>;
}>;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const aFolder = (): string => `tests/${newId()}`;

/** What both storages promise: the folder of one machine and the bucket of an object store. */
export function describeStorage(name: string, { storage, answerTo, fetchLink }: Setup): void {
  const contentOf = async (key: string) => String(await buffer(Readable.from(await storage().read(key))));

  const anExpected = (overrides: Partial<ExpectedFile> = {}): ExpectedFile => ({
    key: `${aFolder()}/file`,
    contentType: 'text/plain',
    size: 5,
    sha256: null,
    ...overrides,
  });

  /** As a browser does: the fields of the form, and the file last. */
  async function send(file: ExpectedFile, { fields = {}, content = 'hello' }: Change = {}): Promise<number> {
    const form = await storage().formFor(file, 60);
    const body = new FormData();
    for (const [field, value] of Object.entries({ ...form.fields, ...fields })) body.append(field, value);
    body.append('file', new Blob([content]), '../../evil.html');
    return (await answerTo(form, body)).status;
  }

  describe(`${name}: a file of parts`, () => {
    it('has them in the order in which they were named, whenever they were written', async () => {
      const key = `${aFolder()}/orders.csv`;
      await storage().writePart(key, '2-1', 'c');
      await storage().writePart(key, '0-1', 'a');
      await storage().writePart(key, '1-1', 'ü');

      expect(await storage().complete(key, ['0-1', '1-1', '2-1'])).toBe(4);
      expect(await contentOf(key)).toBe('aüc');
    });

    it('has what a part was replaced by, and nothing of parts that it does not name', async () => {
      const key = `${aFolder()}/orders.csv`;
      await storage().writePart(key, '0-1', 'of a run that ended');
      await storage().writePart(key, '0-2', 'b');
      await storage().writePart(key, '0-2', 'a');

      await storage().complete(key, ['0-2']);

      expect(await contentOf(key)).toBe('a');
    });

    it('is larger than one part of the store may be, and whole', async () => {
      const key = `${aFolder()}/orders.csv`;
      const part = 'x'.repeat(2_000_000);
      for (const each of ['0', '1', '2', '3']) await storage().writePart(key, each, `${part}${each}`);

      expect(await storage().complete(key, ['0', '1', '2', '3'])).toBe(8_000_004);
      expect((await contentOf(key)).replaceAll('x', '')).toBe('0123');
    });

    it('is not there before it is complete, and stays as it is when it is completed again', async () => {
      const key = `${aFolder()}/orders.csv`;
      await storage().writePart(key, '0-1', 'a');

      await expect(storage().read(key)).rejects.toThrow(FileNotFound);
      await storage().complete(key, ['0-1']);

      expect(await storage().complete(key, ['0-9'])).toBe(1);
      expect(await contentOf(key)).toBe('a');
    });

    it('is not made when a part is missing', async () => {
      const key = `${aFolder()}/orders.csv`;
      await storage().writePart(key, '0-1', 'a');

      await expect(storage().complete(key, ['0-1', '1-1'])).rejects.toThrow(FileNotFound);
      await expect(storage().read(key)).rejects.toThrow(FileNotFound);
    });
  });

  describe(`${name}: a file`, () => {
    it('is written at once, replaced, measured, read from its beginning and copied', async () => {
      const key = `${aFolder()}/a.txt`;
      await storage().write(key, Buffer.from('something longer'), 'text/plain');
      await storage().write(key, Buffer.from('content'), 'text/plain');
      await storage().copy(key, `${key}.copy`);
      await storage().write(key, Buffer.from('other'), 'text/plain');

      expect(await storage().sizeOf(`${key}.copy`)).toBe(7);
      expect(String(await storage().readStart(`${key}.copy`, 4))).toBe('cont');
      expect(String(await storage().readStart(`${key}.copy`, 400))).toBe('content');
      expect(await contentOf(`${key}.copy`)).toBe('content');
    });

    it('is not there', async () => {
      const key = `${aFolder()}/none`;

      expect(await storage().sizeOf(key)).toBeNull();
      await expect(storage().read(key)).rejects.toThrow(FileNotFound);
      await expect(storage().readStart(key, 1)).rejects.toThrow(FileNotFound);
      await expect(storage().copy(key, `${key}.copy`)).rejects.toThrow(FileNotFound);
    });

    it('goes with its folder, complete or not, and with no other', async () => {
      const folder = aFolder();
      await storage().write(`${folder}/a`, Buffer.from('a'), 'text/plain');
      await storage().writePart(`${folder}/deeper/b`, '0', 'b');
      await storage().write(`${folder}7/c`, Buffer.from('c'), 'text/plain');

      await storage().deleteFolder(folder);
      await storage().deleteFolder(folder);

      expect([await storage().sizeOf(`${folder}/a`), await storage().sizeOf(`${folder}7/c`)]).toEqual([null, 1]);
      await expect(storage().complete(`${folder}/deeper/b`, ['0'])).rejects.toThrow(FileNotFound);
    });

    it('is fetched by its link, as what it is said to be, and never shown in a page', async () => {
      const key = `${aFolder()}/a`;
      await storage().write(key, Buffer.from('<script>'), 'text/html');

      const { url } = await storage().linkTo({ key, name: 'Grüße.pdf', contentType: 'application/pdf', size: 8 }, 60);
      const response = await fetchLink(url);

      expect(response.headers.get('content-type')).toBe('application/pdf');
      expect(response.headers.get('content-disposition')).toBe(
        `attachment; filename="Gr__e.pdf"; filename*=UTF-8''Gr%C3%BC%C3%9Fe.pdf`,
      );
      expect(await response.text()).toBe('<script>');
    });

    it('is not fetched by a link that was altered', async () => {
      const key = `${aFolder()}/a`;
      await storage().write(key, Buffer.from('a'), 'text/plain');
      const { url } = await storage().linkTo({ key, name: 'a', contentType: 'text/plain', size: 1 }, 60);

      expect((await fetchLink(`${url.slice(0, -4)}aaaa`)).status).toBeGreaterThanOrEqual(400);
    });
  });

  describe(`${name}: a form`, () => {
    it('brings the file to its place, whatever it is called', async () => {
      const file = anExpected({ sha256: sha256('hello') });

      expect(await send(file)).toBe(204);
      expect(await contentOf(file.key)).toBe('hello');
    });

    it('brings the later of two files', async () => {
      const file = anExpected();

      expect([await send(file), await send(file, { content: 'world' })]).toEqual([204, 204]);
      expect(await contentOf(file.key)).toBe('world');
    });

    it.each<[string, Partial<ExpectedFile>, Change]>([
      ['is larger', {}, { content: 'hello!' }],
      ['is smaller', {}, { content: 'hell' }],
      ['has another SHA-256', { sha256: sha256('hallo') }, {}],
      ['is said to have another type', {}, { fields: { 'Content-Type': 'text/html' } }],
      ['is to go elsewhere', {}, { fields: { token: 'e30.e30', key: 'tests/elsewhere' } }],
    ])('brings nothing that %s', async (_what, expected, change) => {
      const file = anExpected(expected);

      expect(await send(file, change)).toBeGreaterThanOrEqual(400);
      expect(await storage().sizeOf(file.key)).toBeNull();
    });
  });

  it.each([
    '../secret',
    'a/../../secret',
    '/etc/passwd',
    'a//b',
    '',
    '.',
    'a/',
    'a\0b',
    'a b',
    '..%2f',
    String.raw`a\b`,
  ])(`${name}: never leaves its place: %j is no key`, async (key) => {
    const refusal = 'A key is made of';

    await expect(storage().read(key)).rejects.toThrow(refusal);
    await expect(storage().write(key, Buffer.from(''), 'text/plain')).rejects.toThrow(refusal);
    await expect(storage().writePart(key, '0', 'x')).rejects.toThrow(refusal);
    await expect(storage().writePart('tests/a', key, 'x')).rejects.toThrow(refusal);
    await expect(storage().copy(key, 'tests/a')).rejects.toThrow(refusal);
    await expect(storage().deleteFolder(key)).rejects.toThrow(refusal);
  });
}
