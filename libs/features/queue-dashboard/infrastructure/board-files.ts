import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import type { Asset } from '../application/queue-board.js';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

const STATIC = 'dist/static';

/** The files of Bull Board's page, on disk. Only what the package holds has a name here, so no name leads out of it. */
export class BoardFiles {
  private constructor(
    /** Of the package. */
    readonly folder: string,
    private readonly names: ReadonlySet<string>,
  ) {}

  static async find(): Promise<BoardFiles> {
    const folder = dirname(createRequire(import.meta.url).resolve('@bull-board/ui/package.json'));
    return new BoardFiles(folder, new Set(await readdir(join(folder, STATIC), { recursive: true })));
  }

  template(): Promise<string> {
    return readFile(join(this.folder, 'dist/index.ejs'), 'utf8');
  }

  async asset(name: string): Promise<Asset | null> {
    const type = TYPES[extname(name)];
    if (type === undefined || !this.names.has(name)) return null;
    return { type, content: await readFile(join(this.folder, STATIC, name)) };
  }
}
