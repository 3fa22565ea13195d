import { FileNotFound, type Link, type Storage, type StoredFile } from '#platform/kernel/storage.js';

export const LINK_BASE = 'https://files.example.test';

export class InMemoryStorage implements Storage {
  readonly files = new Map<string, string>();
  private readonly parts = new Map<string, string>();

  async writePart(key: string, part: string, content: string | Uint8Array): Promise<void> {
    this.parts.set(`${key}#${part}`, Buffer.from(content).toString());
  }

  async complete(key: string, parts: readonly string[]): Promise<number> {
    const contents = parts.map((part) => this.parts.get(`${key}#${part}`));
    if (contents.includes(undefined)) throw new FileNotFound();
    this.files.set(key, contents.join(''));
    return Buffer.byteLength(contents.join(''));
  }

  async read(key: string): Promise<AsyncIterable<Uint8Array>> {
    const content = this.files.get(key);
    if (content === undefined) throw new FileNotFound();
    return (async function* () {
      yield Buffer.from(content);
    })();
  }

  async deleteFolder(folder: string): Promise<void> {
    for (const key of this.files.keys()) if (key.startsWith(`${folder}/`)) this.files.delete(key);
  }

  async linkTo({ key }: StoredFile, seconds: number): Promise<Link> {
    return { url: `${LINK_BASE}/${key}`, expiresAt: new Date(Date.now() + seconds * 1_000) };
  }
}
