import { z } from 'zod';
import { timestamp } from '#platform/http/answers/timestamp.js';
import { pathId } from '#platform/http/input/path-id.js';
import { REJECTION_REASONS, UPLOAD_STATUSES } from '../domain/upload.js';
import { UPLOAD_KIND_NAMES } from '../domain/upload-kinds.js';

const SHA256 = /^[\da-f]{64}$/i;

export const presignBody = z
  .strictObject({
    kind: z.enum(UPLOAD_KIND_NAMES).meta({ examples: ['image'] }),
    fileName: z
      .string()
      .max(1_000)
      .meta({ examples: ['cat.png'] }),
    contentType: z
      .string()
      .max(200)
      .meta({ examples: ['image/png'] }),
    size: z
      .int()
      .min(1)
      .meta({ examples: [48_213], description: 'In bytes: a file of any other size is refused.' }),
    sha256: z
      .string()
      .regex(SHA256, 'Expected a SHA-256 in hex')
      .toLowerCase()
      .nullable()
      .default(null)
      .meta({
        examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
        description: 'Of the file: any other one is refused.',
      }),
  })
  .meta({ id: 'PresignUploadBody' });
export type PresignBody = z.infer<typeof presignBody>;

export const confirmBody = z.strictObject({ id: pathId }).meta({ id: 'ConfirmUploadBody' });
export type ConfirmBody = z.infer<typeof confirmBody>;

export const uploadParams = z.strictObject({ id: pathId });
export type UploadParams = z.infer<typeof uploadParams>;

export const presignedResponse = z
  .object({
    id: z.uuid(),
    url: z.string().meta({ examples: ['https://files.example.com/v1/files'] }),
    fields: z.record(z.string(), z.string()).meta({
      examples: [{ token: 'Yq3vK9mB2tX7', 'Content-Type': 'image/png' }],
      description: 'All of them go into the form, and the file last, in a field of the name `file`.',
    }),
    expiresAt: timestamp,
  })
  .meta({ id: 'PresignedUpload' });

export const uploadResponse = z
  .object({
    id: z.uuid(),
    kind: z.enum(UPLOAD_KIND_NAMES).meta({ examples: ['image'] }),
    fileName: z.string().meta({ examples: ['cat.png'] }),
    contentType: z.string().meta({ examples: ['image/png'] }),
    size: z.int().meta({ examples: [48_213] }),
    status: z.enum(UPLOAD_STATUSES).meta({ examples: ['ready'] }),
    reason: z
      .enum(REJECTION_REASONS)
      .nullable()
      .meta({ examples: [null], description: 'Of one that was rejected.' }),
    url: z
      .string()
      .nullable()
      .meta({
        examples: ['https://files.example.com/v1/downloads?token=Yq3vK9mB2tX7'],
        description: 'Of one that is ready: it needs no other credential and ends after 5 minutes.',
      }),
  })
  .meta({ id: 'Upload' });
