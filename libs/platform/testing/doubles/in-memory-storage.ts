import {
  type ExpectedFile,
  FileNotFound,
  type Link,
  type Storage,
  type StoredFile,
  type UploadForm,
} from '#platform/kernel/storage.js';

export const LINK_BASE = 'https://files.example.test';

export class InMemoryStorage implements Storage {
  readonly contents = new Map<string, Buffer>();
  private readonly parts = new Map<string, Buffer>();

  /** As text. */
  get files(): ReadonlyMap<string, string> {
    return new Map([...this.contents].map(([key, content]) => [key, content.toString()]));
  }

  async writePart(key: string, part: string, content: string | Uint8Array): Promise<void> {
    this.parts.set(`${key}#${part}`, Buffer.from(content));
  }

  async complete(key: string, parts: readonly string[]): Promise<number> {
    const contents = parts.map((part) => this.parts.get(`${key}#${part}`));
    if (contents.includes(undefined)) throw new FileNotFound();
    const content = Buffer.concat(contents.filter((each) => each !== undefined));
    this.contents.set(key, content);
    return content.length;
  }

  async write(key: string, content: Uint8Array): Promise<void> {
    this.contents.set(key, Buffer.from(content));
  }

  async formFor({ key, contentType }: ExpectedFile, seconds: number): Promise<UploadForm> {
    return { url: LINK_BASE, fields: { key, 'Content-Type': contentType }, expiresAt: inSeconds(seconds) };
  }

  async sizeOf(key: string): Promise<number | null> {
    return this.contents.get(key)?.length ?? null;
  }

  async read(key: string): Promise<AsyncIterable<Uint8Array>> {
    const content = this.contentOf(key);
    return (async function* () {
      yield content;
    })();
  }

  async readStart(key: string, bytes: number): Promise<Uint8Array> {
    return this.contentOf(key).subarray(0, bytes);
  }

  async copy(from: string, to: string): Promise<void> {
    this.contents.set(to, this.contentOf(from));
  }

  async deleteFolder(folder: string): Promise<void> {
    for (const key of this.contents.keys()) if (key.startsWith(`${folder}/`)) this.contents.delete(key);
  }

  async linkTo({ key }: StoredFile, seconds: number): Promise<Link> {
    return { url: `${LINK_BASE}/${key}`, expiresAt: inSeconds(seconds) };
  }

  private contentOf(key: string): Buffer {
    const content = this.contents.get(key);
    if (!content) throw new FileNotFound();
    return content;
  }
}

const inSeconds = (seconds: number): Date => new Date(Date.now() + seconds * 1_000);
