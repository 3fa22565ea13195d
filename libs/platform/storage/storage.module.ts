import { Global, Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Clock } from '../kernel/clock.js';
import { Storage } from '../kernel/storage.js';
import { DownloadLinks } from './download-links.js';
import { LocalStorage } from './local-storage.js';
import { S3Storage } from './s3/s3-storage.js';
import { UploadForms } from './upload-forms.js';

/** STORAGE says which one. The local one is there in any case: links that it gave out before a change keep working until they end. */
const storage = {
  provide: Storage,
  useFactory: (config: Config, clock: Clock, local: LocalStorage): Storage =>
    config.STORAGE === 's3' ? new S3Storage(config, clock) : local,
  inject: [Config, Clock, LocalStorage],
};

@Global()
@Module({
  providers: [DownloadLinks, UploadForms, LocalStorage, storage],
  exports: [Storage, LocalStorage, DownloadLinks, UploadForms],
})
export class StorageModule {}
