import { Injectable } from '@nestjs/common';
import type { Principal } from '#platform/kernel/access/principal.js';
import { UploadNotFound } from '../domain/upload.errors.js';
import type { Upload } from '../domain/upload.js';
import { UploadsRepository } from './uploads.repository.js';

/** @throws UploadNotFound for somebody else's as well */
@Injectable()
export class FindUpload {
  constructor(private readonly uploads: UploadsRepository) {}

  async execute(principal: Principal, id: string): Promise<Upload> {
    const upload = await this.uploads.find(id);
    if (upload?.userId !== principal.id) throw new UploadNotFound();
    return upload;
  }
}
