import { defineError } from '#platform/kernel/errors/app-error.js';

export const UploadNotFound = defineError({
  kind: 'not-found',
  code: 'UPLOAD_NOT_FOUND',
  title: 'There is no such upload',
  help: 'Check the id. One that was not confirmed within an hour is gone, and those of other users are never shown.',
});

export const UploadTypeNotAllowed = defineError({
  kind: 'invalid',
  code: 'UPLOAD_TYPE_NOT_ALLOWED',
  title: 'A file of this kind has another type',
  help: 'Send one of the types that the detail names.',
});

export const UploadTooLarge = defineError({
  kind: 'invalid',
  code: 'UPLOAD_TOO_LARGE',
  title: 'A file of this kind is not that large',
  help: 'Send at most as many bytes as the detail names.',
});

export const UploadNameNotAllowed = defineError({
  kind: 'invalid',
  code: 'UPLOAD_NAME_NOT_ALLOWED',
  title: 'A file cannot have this name',
  help: 'It ends as its type does, has no other ending that is run or shown as a page, and no separators or invisible characters.',
});

export const UploadQuotaExceeded = defineError({
  kind: 'conflict',
  code: 'UPLOAD_QUOTA_EXCEEDED',
  title: 'There is no room for this file',
  help: 'Delete files that are not needed any more.',
});

export const UploadNotReceived = defineError({
  kind: 'conflict',
  code: 'UPLOAD_NOT_RECEIVED',
  title: 'The file is not there yet',
  help: 'Post it by the form first, and confirm it then.',
});

export const UploadSizeMismatch = defineError({
  kind: 'invalid',
  code: 'UPLOAD_SIZE_MISMATCH',
  title: 'The file has another size than was declared',
  help: 'Begin anew, and declare the size that the file has.',
});

export const UploadTypeMismatch = defineError({
  kind: 'invalid',
  code: 'UPLOAD_TYPE_MISMATCH',
  title: 'The file is of another type than was declared',
  help: 'Begin anew, with a file that is what it is said to be: its content is looked at.',
});

export const AvatarNotFound = defineError({
  kind: 'not-found',
  code: 'AVATAR_NOT_FOUND',
  title: 'There is no avatar',
  help: 'Send an image, and put it at /v1/me/avatar once it is ready.',
});

export const AvatarNotUsable = defineError({
  kind: 'conflict',
  code: 'AVATAR_NOT_USABLE',
  title: 'The upload cannot be an avatar',
  help: 'An avatar is an image that is ready.',
});
