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

/** What somebody is about to send, as they said it. */
export type ExpectedFile = Readonly<{
  key: string;
  contentType: string;
  /** In bytes: a file of any other size is refused. */
  size: number;
  /** In hex. With it the storage refuses any other content. */
  sha256: string | null;
}>;

/** To be posted as `multipart/form-data`: these fields, then the file in one that is called `file`. */
export type UploadForm = Link & Readonly<{ fields: Readonly<Record<string, string>> }>;

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

  /** A small file, all at once. One of the same key is replaced. */
  abstract write(key: string, content: Uint8Array, contentType: string): Promise<void>;

  /** A form that works without any other credential until it ends. Used twice, the later file replaces the earlier one. */
  abstract formFor(file: ExpectedFile, seconds: number): Promise<UploadForm>;

  /** In bytes; null when no file is there. */
  abstract sizeOf(key: string): Promise<number | null>;

  /** @throws FileNotFound */
  abstract read(key: string): Promise<AsyncIterable<Uint8Array>>;

  /** So many bytes of its beginning, or all there are. @throws FileNotFound */
  abstract readStart(key: string, bytes: number): Promise<Uint8Array>;

  /** Without its content passing through this process, where the storage can. @throws FileNotFound */
  abstract copy(from: string, to: string): Promise<void>;

  /** Everything whose key begins with this folder, complete or not. Nothing there is no mistake. */
  abstract deleteFolder(folder: string): Promise<void>;

  /** An address that works without any other credential until it ends. */
  abstract linkTo(file: StoredFile, seconds: number): Promise<Link>;
}
