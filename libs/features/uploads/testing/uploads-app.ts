import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clock } from '#platform/kernel/clock.js';
import { Operations } from '#platform/kernel/operations/operations.js';
import { DownloadsModule } from '#platform/storage/downloads.module.js';
import { LocalStorage } from '#platform/storage/local-storage.js';
import { StorageModule } from '#platform/storage/storage.module.js';
import { InMemoryOperations } from '#platform/testing/doubles/in-memory-operations.js';
import { StoppedClock } from '#platform/testing/doubles/stopped-clock.js';
import { httpApp } from '#platform/testing/http-app.js';
import { AvatarsRepository } from '../application/avatar/avatars.repository.js';
import { LookAtFile } from '../application/processing/look-at-file.js';
import { ProcessUpload } from '../application/processing/process-upload.js';
import { UploadsRepository } from '../application/uploads.repository.js';
import { FileTypeContentTypes } from '../infrastructure/file-type-content-types.js';
import { NoScanner } from '../infrastructure/no-scanner.js';
import { SharpImages } from '../infrastructure/sharp-images.js';
import { StreamedFileInspector } from '../infrastructure/streamed-file-inspector.js';
import { UploadsApiModule } from '../uploads.module.js';
import { InMemoryAvatarsRepository } from './in-memory-avatars.repository.js';
import { InMemoryUploadsRepository } from './in-memory-uploads.repository.js';
import { anUploader } from './upload.factory.js';

/**
 * The feature behind the real pipeline, on a folder of its own, called by somebody who may do everything with uploads unless told otherwise.
 * `process` is what the worker does.
 */
export async function uploadsApp(uploader = anUploader()) {
  const folder = mkdtempSync(join(tmpdir(), 'uploads-'));
  const uploads = new InMemoryUploadsRepository();
  const clock = new StoppedClock();
  const app = await httpApp(
    {
      imports: [StorageModule, DownloadsModule, UploadsApiModule],
      providers: [
        { provide: UploadsRepository, useValue: uploads },
        { provide: AvatarsRepository, useClass: InMemoryAvatarsRepository },
        { provide: Operations, useValue: new InMemoryOperations() },
        { provide: Clock, useValue: clock },
      ],
    },
    uploader,
    { STORAGE_DIRECTORY: folder },
  );
  const storage = app.get(LocalStorage);
  const look = new LookAtFile(storage, new StreamedFileInspector(new FileTypeContentTypes()), new NoScanner());
  const processUpload = new ProcessUpload(uploads, storage, look, new SharpImages());
  return {
    ...{ app, uploader, uploads, storage, clock },
    process: async (id: string) => {
      const ending = await processUpload.execute(id);
      if (ending) await uploads.end(id, ending);
      return ending;
    },
    close: async () => {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
