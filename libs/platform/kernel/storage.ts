import { defineError } from './errors/app-error.js';

export type StoredFile = Readonly<{
  key: string;
  /** What it is called when somebody downloads it. */
  name: string;
  contentType: string;
  /** In bytes. */
  size: number;
}>;

export type Link = Readonly<{ url: string; expiresAt: Date }>;

export const FileNotFound = defineError({
  kind: 'not-found',
  code: 'FILE_NOT_FOUND',
  title: 'There is no such file',
  help: 'It may have been removed; what made it can make it again.',
});

/**
 * Large things, by key, such as `operations/<id>/orders.csv`. Keys are made by this service, never by its callers: of letters, digits, `-`, `_`,
 * `.` and `/`.
 */
export abstract class Storage {
  /** A piece of a file that is not complete yet. Pieces are written in any order; one of the same name is replaced. */
  abstract writePart(key: string, part: string, content: string | Uint8Array): Promise<void>;

  /**
   * Makes one file of these parts, in this order, and forgets all parts of the key. Doing it twice is no mistake.
   * @returns its size in bytes @throws FileNotFound when a part is missing, and no file is there either
   */
  abstract complete(key: string, parts: readonly string[]): Promise<number>;

  /** @throws FileNotFound */
  abstract read(key: string): Promise<AsyncIterable<Uint8Array>>;

  /** Everything whose key begins with this folder, complete or not. Nothing there is no mistake. */
  abstract deleteFolder(folder: string): Promise<void>;

  /** An address that works without any other credential until it ends. */
  abstract linkTo(file: StoredFile, seconds: number): Promise<Link>;
}
