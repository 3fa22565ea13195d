import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { loadEnv } from '../config/load-env.js';
import { FileNotFound } from '../kernel/storage.js';
import { aValidEnv } from '../testing/env.factory.js';
import { DownloadLinks } from './download-links.js';
import { LocalStorage } from './local-storage.js';

const KEY = 'operations/7/orders.csv';
const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

function setup() {
  const folder = mkdtempSync(join(tmpdir(), 'storage-'));
  folders.push(folder);
  const config = loadEnv(aValidEnv({ STORAGE_DIRECTORY: folder }));
  const storage = new LocalStorage(config, new DownloadLinks(config, { now: () => new Date() }));
  return { folder, storage, contentOf: async (key: string) => text(Readable.from(await storage.read(key))) };
}

describe('a file of parts', () => {
  it('has them in the order in which they were named, whenever they were written', async () => {
    const { storage, contentOf } = setup();
    await storage.writePart(KEY, '2-1', 'c');
    await storage.writePart(KEY, '0-1', 'a');
    await storage.writePart(KEY, '1-1', 'ü');

    expect(await storage.complete(KEY, ['0-1', '1-1', '2-1'])).toBe(4);
    expect(await contentOf(KEY)).toBe('aüc');
  });

  it('has what a part was replaced by, and nothing of parts that it does not name', async () => {
    const { storage, contentOf } = setup();
    await storage.writePart(KEY, '0-1', 'of a run that ended');
    await storage.writePart(KEY, '0-2', 'b');
    await storage.writePart(KEY, '0-2', 'a');

    await storage.complete(KEY, ['0-2']);

    expect(await contentOf(KEY)).toBe('a');
  });

  it('is not there before it is complete, and stays as it is when it is completed again', async () => {
    const { storage, contentOf } = setup();
    await storage.writePart(KEY, '0-1', 'a');

    await expect(storage.read(KEY)).rejects.toThrow(FileNotFound);
    await storage.complete(KEY, ['0-1']);

    expect(await storage.complete(KEY, ['0-9'])).toBe(1);
    expect(await contentOf(KEY)).toBe('a');
  });

  it('is not made when a part is missing', async () => {
    const { storage } = setup();
    await storage.writePart(KEY, '0-1', 'a');

    await expect(storage.complete(KEY, ['0-1', '1-1'])).rejects.toThrow(FileNotFound);
    await expect(storage.read(KEY)).rejects.toThrow(FileNotFound);
  });
});

describe('a folder', () => {
  it('is deleted with all that is in it, complete or not', async () => {
    const { folder, storage } = setup();
    await storage.writePart(KEY, '0-1', 'a');
    await storage.complete(KEY, ['0-1']);
    await storage.writePart('operations/7/other.csv', '0-1', 'b');
    await storage.writePart('operations/77/orders.csv', '0-1', 'c');

    await storage.deleteFolder('operations/7');
    await storage.deleteFolder('operations/7');

    expect(readdirSync(join(folder, 'operations'))).toEqual(['77']);
  });
});

it.each(['../secret', 'a/../../secret', '/etc/passwd', 'a//b', '', '.', 'a/', 'a\0b', 'a b', '..%2f', String.raw`a\b`])(
  'never leaves its folder: %j is no key',
  async (key) => {
    const { storage } = setup();

    await expect(storage.read(key)).rejects.toThrow('A key is made of');
    await expect(storage.writePart(key, '0', 'x')).rejects.toThrow('A key is made of');
    await expect(storage.writePart(KEY, key, 'x')).rejects.toThrow('A key is made of');
    await expect(storage.deleteFolder(key)).rejects.toThrow('A key is made of');
  },
);
