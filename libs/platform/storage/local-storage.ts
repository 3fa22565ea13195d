import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { FileNotFound, type Link, type Storage, type StoredFile } from '../kernel/storage.js';
import { newId } from '../kernel/values/ids.js';
import { DownloadLinks } from './download-links.js';

const CHUNK = { highWaterMark: 1_048_576 };

const KEY = /^(?!.*\.\.)[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/;

/** A folder, for one machine, or one that all machines mount. */
@Injectable()
export class LocalStorage implements Storage {
  private readonly folder: string;

  constructor(
    { STORAGE_DIRECTORY }: Config,
    private readonly links: DownloadLinks,
  ) {
    this.folder = resolve(STORAGE_DIRECTORY);
  }

  async writePart(key: string, part: string, content: string | Uint8Array): Promise<void> {
    await this.replace(this.partPath(key, part), (path) => writeFile(path, content));
  }

  async complete(key: string, parts: readonly string[]): Promise<number> {
    const path = this.path(key);
    if (await isThere(path)) return (await stat(path)).size;

    for (const part of parts) if (!(await isThere(this.partPath(key, part)))) throw new FileNotFound();
    await this.replace(path, (joined) => this.join(key, parts, joined));
    await rm(this.partsFolder(key), { recursive: true, force: true });
    return (await stat(path)).size;
  }

  async read(key: string): Promise<Readable> {
    const handle = await open(this.path(key)).catch(() => {
      throw new FileNotFound();
    });
    return handle.createReadStream();
  }

  async deleteFolder(folder: string): Promise<void> {
    await rm(this.path(folder), { recursive: true, force: true });
  }

  async linkTo(file: StoredFile, seconds: number): Promise<Link> {
    return this.links.make(file, seconds);
  }

  private async join(key: string, parts: readonly string[], path: string): Promise<void> {
    for (const part of parts)
      await pipeline(createReadStream(this.partPath(key, part), CHUNK), createWriteStream(path, { flags: 'a' }));
  }

  /** Under another name first: nobody reads half a file, and a process that is killed leaves none. */
  private async replace(path: string, write: (path: string) => Promise<void>): Promise<void> {
    const unfinished = `${path}.${newId()}`;
    await mkdir(dirname(path), { recursive: true });
    try {
      await write(unfinished);
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  private partPath(key: string, part: string): string {
    return join(this.partsFolder(key), requireKey(part));
  }

  private partsFolder(key: string): string {
    return `${this.path(key)}.parts`;
  }

  private path(key: string): string {
    return join(this.folder, requireKey(key));
  }
}

/** @throws for a key that could lead out of the folder: keys are not what callers write */
function requireKey(key: string): string {
  if (!KEY.test(key)) throw new Error('A key is made of letters, digits, "-", "_", "." and "/".');
  return key;
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
