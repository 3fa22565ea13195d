import { Module } from '@nestjs/common';
import { DownloadsController } from './downloads.controller.js';

/** Mounted by apps/api: where the links of the local folder lead. */
@Module({ controllers: [DownloadsController] })
export class DownloadsModule {}
