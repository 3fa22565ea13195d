import { Injectable } from '@nestjs/common';
import type { OperationHandler } from '#platform/kernel/operations/operation-definition.js';
import { ProcessUpload } from '../application/processing/process-upload.js';
import { uploadProcessing } from '../application/processing/upload-processing.js';
import { type Ending, UploadsRepository } from '../application/uploads.repository.js';

type Input = Readonly<{ uploadId: string }>;
type Result = Readonly<{ uploadId: string; ending: Ending | null }>;

@Injectable()
export class ProcessUploadHandler implements OperationHandler<Input, null, Result> {
  readonly operation = uploadProcessing;

  constructor(
    private readonly processUpload: ProcessUpload,
    private readonly uploads: UploadsRepository,
  ) {}

  async run({ uploadId }: Input): Promise<Result> {
    return { uploadId, ending: await this.processUpload.execute(uploadId) };
  }

  async finish({ uploadId, ending }: Result): Promise<void> {
    if (ending) await this.uploads.end(uploadId, ending);
  }
}
