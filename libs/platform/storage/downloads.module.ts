import { Module } from '@nestjs/common';
import { OpenApiTag } from '../http/routes/tag.decorator.js';
import { DownloadsController } from './downloads.controller.js';
import { UploadFormsController } from './upload-forms.controller.js';

/** Mounted by apps/api: where the links and forms of the local folder lead. */
@OpenApiTag({ name: 'Files', description: 'Files by link, and by form.' })
@Module({ controllers: [DownloadsController, UploadFormsController] })
export class DownloadsModule {}
