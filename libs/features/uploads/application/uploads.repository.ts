import type { Upload } from '../domain/upload.js';

/** What is known of a file once it has been looked at. */
export type Ending = Pick<Upload, 'status' | 'reason' | 'contentType' | 'size' | 'sha256'>;

/** Deleted uploads are found by nothing here. */
export abstract class UploadsRepository {
  /** With all others of its user it takes no more than `quotaBytes`, however many are added at once. @throws UploadQuotaExceeded */
  abstract add(upload: Upload, quotaBytes: number): Promise<void>;

  abstract find(id: string): Promise<Upload | null>;

  /** From pending to processing: true for one caller alone, however many come at once. */
  abstract beginProcessing(id: string): Promise<boolean>;

  /** Nothing happens to one that is not being processed. */
  abstract end(id: string, ending: Ending): Promise<void>;

  /** False when it is deleted already. */
  abstract delete(id: string): Promise<boolean>;
}
