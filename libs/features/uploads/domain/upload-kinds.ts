const MB = 1_000_000;

/** What a file of this kind may be. Each type with the endings that its names may have. */
type Kind = Readonly<{ maxBytes: number; types: Readonly<Record<string, readonly string[]>> }>;

const UPLOAD_KINDS = {
  image: {
    maxBytes: 5 * MB,
    types: { 'image/jpeg': ['jpg', 'jpeg'], 'image/png': ['png'], 'image/webp': ['webp'] },
  },
  document: { maxBytes: 25 * MB, types: { 'application/pdf': ['pdf'] } },
  video: { maxBytes: 500 * MB, types: { 'video/mp4': ['mp4', 'm4v'], 'video/webm': ['webm'] } },
} as const satisfies Readonly<Record<string, Kind>>;

export type UploadKind = keyof typeof UPLOAD_KINDS;

export const UPLOAD_KIND_NAMES = Object.keys(UPLOAD_KINDS) as [UploadKind, ...UploadKind[]];

export const kindOf = (name: UploadKind): Kind => UPLOAD_KINDS[name];
