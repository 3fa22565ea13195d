import { S3ServiceException } from '@aws-sdk/client-s3';
import { unavailable } from '../../kernel/errors/service-unavailable.js';
import { FileNotFound } from '../../kernel/storage.js';

const NOT_THERE = ['NoSuchKey', 'NotFound'];

/** What an answer of the store means here: a file that is not there, or a store that is as good as away. */
function storageFailure(error: unknown): Error {
  if (error instanceof S3ServiceException && NOT_THERE.includes(error.name)) return new FileNotFound();
  return unavailable('storage', { cause: error });
}

export async function orStorageFailure<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw storageFailure(error);
  }
}
