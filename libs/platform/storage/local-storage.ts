import { createReadStream, createWriteStream } from 'node:fs';
import { constants, copyFile, type FileHandle, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import {
  type ExpectedFile,
  FileNotFound,
  type Link,
  type Storage,
  type StoredFile,
  type UploadForm,
} from '../kernel/storage.js';
import { newId } from '../kernel/values/ids.js';
import { DownloadLinks } from './download-links.js';
import { expectedContent } from './expected-content.js';
import { requireKey } from './keys.js';
import { UploadForms } from './upload-forms.js';

const CHUNK = { highWaterMark: 1_048_576 };

/** A folder, for one machine, or one that all machines mount. */
@Injectable()
export class LocalStorage implements Storage {
  private readonly folder: string;

  constructor(
    { STORAGE_DIRECTORY }: Config,
    private readonly links: DownloadLinks,
    private readonly forms: UploadForms,
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

  async write(key: string, content: Uint8Array): Promise<void> {
    await this.replace(this.path(key), (path) => writeFile(path, content));
  }

  async formFor(file: ExpectedFile, seconds: number): Promise<UploadForm> {
    return this.forms.make(file, seconds);
  }

  /** What comes by one of these forms. @throws FileSizeMismatch, FileChecksumMismatch, and nothing is kept */
  async receive(file: ExpectedFile, content: Readable): Promise<void> {
    await this.replace(this.path(file.key), (path) =>
      pipeline(content, expectedContent(file), createWriteStream(path, CHUNK)),
    );
  }

  async sizeOf(key: string): Promise<number | null> {
    const path = this.path(key);
    return (await isThere(path)) ? (await stat(path)).size : null;
  }

  async read(key: string): Promise<Readable> {
    return (await this.open(key)).createReadStream();
  }

  async readStart(key: string, bytes: number): Promise<Uint8Array> {
    const handle = await this.open(key);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  }

  async copy(from: string, to: string): Promise<void> {
    const path = this.path(from);
    if (!(await isThere(path))) throw new FileNotFound();
    await this.replace(this.path(to), (copied) => copyFile(path, copied, constants.COPYFILE_FICLONE));
  }

  async deleteFolder(folder: string): Promise<void> {
    await rm(this.path(folder), { recursive: true, force: true });
  }

  async linkTo(file: StoredFile, seconds: number): Promise<Link> {
    return this.links.make(file, seconds);
  }

  private open(key: string): Promise<FileHandle> {
    return open(this.path(key)).catch(() => {
      throw new FileNotFound();
    });
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

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
