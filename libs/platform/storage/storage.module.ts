import { Global, Module } from '@nestjs/common';
import { Storage } from '../kernel/storage.js';
import { DownloadLinks } from './download-links.js';
import { LocalStorage } from './local-storage.js';

@Global()
@Module({ providers: [DownloadLinks, { provide: Storage, useClass: LocalStorage }], exports: [Storage, DownloadLinks] })
export class StorageModule {}
