import { Module } from '@nestjs/common';
import { Config } from '#platform/config/config.js';
import { OpenApiTag } from '#platform/http/routes/tag.decorator.js';
import { AbandonedUploads } from './application/abandoned-uploads.js';
import { AvatarsRepository } from './application/avatar/avatars.repository.js';
import { GetAvatar } from './application/avatar/get-avatar.js';
import { SetAvatar } from './application/avatar/set-avatar.js';
import { ConfirmUpload } from './application/confirm-upload.js';
import { ContentTypes } from './application/content-types.js';
import { DeleteUpload } from './application/delete-upload.js';
import { FindUpload } from './application/find-upload.js';
import { PresignUpload } from './application/presign-upload.js';
import { FileInspector } from './application/processing/file-inspector.js';
import { Images } from './application/processing/images.js';
import { LookAtFile } from './application/processing/look-at-file.js';
import { ProcessUpload } from './application/processing/process-upload.js';
import { Scanner } from './application/processing/scanner.js';
import { SweepUploads } from './application/sweep-uploads.js';
import { UploadViews } from './application/upload-views.js';
import { UploadsRepository } from './application/uploads.repository.js';
import { MyAvatarController } from './http/my-avatar.controller.js';
import { UploadsController } from './http/uploads.controller.js';
import { ClamavScanner } from './infrastructure/clamav-scanner.js';
import { FileTypeContentTypes } from './infrastructure/file-type-content-types.js';
import { NoScanner } from './infrastructure/no-scanner.js';
import { SharpImages } from './infrastructure/sharp-images.js';
import { SqlAbandonedUploads } from './infrastructure/sql-abandoned-uploads.js';
import { SqlAvatarsRepository } from './infrastructure/sql-avatars.repository.js';
import { SqlUploadsRepository } from './infrastructure/sql-uploads.repository.js';
import { StreamedFileInspector } from './infrastructure/streamed-file-inspector.js';
import { ProcessUploadHandler } from './jobs/process-upload.handler.js';
import { SweepUploadsHandler } from './jobs/sweep-uploads.handler.js';

const repository = { provide: UploadsRepository, useClass: SqlUploadsRepository };
const avatars = { provide: AvatarsRepository, useClass: SqlAvatarsRepository };
const contentTypes = { provide: ContentTypes, useClass: FileTypeContentTypes };

const useCases = [PresignUpload, ConfirmUpload, FindUpload, DeleteUpload, GetAvatar, SetAvatar];

/** Mounted by apps/api. */
@OpenApiTag({ name: 'Uploads', description: 'Files that people send, from the form to the link.' })
@Module({
  controllers: [UploadsController, MyAvatarController],
  providers: [...useCases, UploadViews, repository, avatars, contentTypes],
})
export class UploadsApiModule {}

const scanner = {
  provide: Scanner,
  useFactory: ({ CLAMAV_ADDRESS }: Config): Scanner =>
    CLAMAV_ADDRESS ? new ClamavScanner(CLAMAV_ADDRESS) : new NoScanner(),
  inject: [Config],
};

const adapters = [
  repository,
  contentTypes,
  { provide: FileInspector, useClass: StreamedFileInspector },
  { provide: Images, useClass: SharpImages },
  scanner,
  { provide: AbandonedUploads, useClass: SqlAbandonedUploads },
];

/** Mounted by apps/worker. */
@Module({
  providers: [ProcessUploadHandler, SweepUploadsHandler, ProcessUpload, LookAtFile, SweepUploads, ...adapters],
})
export class UploadsWorkerModule {}
