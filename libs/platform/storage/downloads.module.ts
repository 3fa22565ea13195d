import { Module } from '@nestjs/common';
import { OpenApiTag } from '../http/routes/tag.decorator.js';
import { DownloadsController } from './downloads.controller.js';

/** Mounted by apps/api: where the links of the local folder lead. */
@OpenApiTag({ name: 'Downloads', description: 'Files by link.' })
@Module({ controllers: [DownloadsController] })
export class DownloadsModule {}
