import { isHarmlessName } from './file-name.js';
import { UploadNameNotAllowed, UploadTooLarge, UploadTypeNotAllowed } from './upload.errors.js';
import { kindOf, type UploadKind } from './upload-kinds.js';

export const UPLOAD_STATUSES = ['pending', 'processing', 'ready', 'rejected'] as const;
type UploadStatus = (typeof UPLOAD_STATUSES)[number];

/** Why a file was rejected. Public API: never rename one. */
export const REJECTION_REASONS = [
  'FILE_LOST',
  'SIZE_MISMATCH',
  'CHECKSUM_MISMATCH',
  'TYPE_MISMATCH',
  'IMAGE_UNREADABLE',
  'IMAGE_TOO_MANY_PIXELS',
  'DOCUMENT_SUSPICIOUS',
  'MALWARE_FOUND',
  'PROCESSING_FAILED',
] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

/** What somebody says about a file that they are going to send. */
export type Declaration = Readonly<{
  kind: UploadKind;
  fileName: string;
  contentType: string;
  size: number;
  /** In hex. */
  sha256: string | null;
}>;

export type Upload = Declaration &
  Readonly<{
    id: string;
    userId: string;
    status: UploadStatus;
    reason: RejectionReason | null;
    createdAt: Date;
    formEndsAt: Date | null;
    deletedAt: Date | null;
  }>;

/** How long the form takes a file. */
export const FORM_SECONDS = 900;

/** What all files of one user may take together, with those that are declared and not there yet. */
export const QUOTA_BYTES = 2_000_000_000;

type Maker = Readonly<{ id: string; userId: string; now: Date }>;

/** @throws UploadTypeNotAllowed, UploadTooLarge, UploadNameNotAllowed */
export function declare(declaration: Declaration, { id, userId, now }: Maker): Upload {
  const { kind, contentType, size, fileName } = declaration;
  const { types, maxBytes } = kindOf(kind);
  const endings = Object.hasOwn(types, contentType) ? types[contentType] : undefined;
  if (!endings) throw new UploadTypeNotAllowed(`A file of the kind ${kind} is ${Object.keys(types).join(', ')}.`);
  if (size > maxBytes) throw new UploadTooLarge(`A file of the kind ${kind} has ${maxBytes} bytes at most.`);
  if (!isHarmlessName(fileName, endings)) throw new UploadNameNotAllowed();

  const formEndsAt = new Date(now.getTime() + FORM_SECONDS * 1_000);
  return { ...declaration, id, userId, status: 'pending', reason: null, createdAt: now, formEndsAt, deletedAt: null };
}

/** Where the form brings it: whoever holds the form may replace it there, until it ends. Nothing is ever served from there. */
export const incomingFolder = (id: string): string => `uploads/incoming/${id}`;
export const incomingKey = (id: string): string => `${incomingFolder(id)}/file`;

/** Where it is once it has been looked at. Nobody can write there but this service. */
export const keptFolder = (id: string): string => `uploads/kept/${id}`;
export const keptKey = (id: string): string => `${keptFolder(id)}/file`;
/** A smaller one of an image. */
export const variantKey = (id: string, name: string): string => `${keptFolder(id)}/${name}.webp`;
