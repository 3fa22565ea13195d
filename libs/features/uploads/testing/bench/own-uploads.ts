import { NestFactory } from '@nestjs/core';
import { ConfirmUpload } from '#features/uploads/application/confirm-upload.js';
import { ContentTypes } from '#features/uploads/application/content-types.js';
import { FindUpload } from '#features/uploads/application/find-upload.js';
import { PresignUpload } from '#features/uploads/application/presign-upload.js';
import { UploadsRepository } from '#features/uploads/application/uploads.repository.js';
import { incomingKey } from '#features/uploads/domain/upload.js';
import { FileTypeContentTypes } from '#features/uploads/infrastructure/file-type-content-types.js';
import { SqlUploadsRepository } from '#features/uploads/infrastructure/sql-uploads.repository.js';
import { AuditModule } from '#platform/audit/audit.module.js';
import { ConfigModule } from '#platform/config/config.module.js';
import { loadEnv } from '#platform/config/load-env.js';
import { DatabaseModule } from '#platform/database/database.module.js';
import { JobsModule } from '#platform/jobs/jobs.module.js';
import type { Principal } from '#platform/kernel/access/principal.js';
import { LoggingModule } from '#platform/logging/logging.module.js';
import { OperationsModule } from '#platform/operations/operations.module.js';
import { ClockModule } from '#platform/process/clock.module.js';
import { RedisModule } from '#platform/redis/redis.module.js';
import { StorageModule } from '#platform/storage/storage.module.js';
import type { Uploader } from './measured.ts';

const feature = [
  ...[PresignUpload, ConfirmUpload, FindUpload],
  { provide: UploadsRepository, useClass: SqlUploadsRepository },
  { provide: ContentTypes, useClass: FileTypeContentTypes },
];

const AN_IMAGE = { kind: 'image', fileName: 'cat.png', contentType: 'image/png', sha256: null } as const;

const aUser = (id: string): Principal => ({ id, kind: 'user', sessionId: id, roles: [], permissions: new Set() });

/** The use cases as the API has them, without HTTP. */
export async function ownUploads(
  environment: Readonly<Record<string, string>>,
  userId: string,
  size: number,
): Promise<Uploader> {
  const platform = [
    ClockModule,
    LoggingModule,
    DatabaseModule,
    RedisModule,
    StorageModule,
    AuditModule,
    JobsModule,
    OperationsModule,
  ];
  const root = {
    module: class Root {},
    imports: [ConfigModule.forRoot(loadEnv(environment)), ...platform],
    providers: feature,
  };
  const app = await NestFactory.createApplicationContext(root, { logger: false });
  const [presign, confirm, uploader] = [app.get(PresignUpload), app.get(ConfirmUpload), aUser(userId)];
  return {
    presign: async () => {
      const { id } = await presign.execute(uploader, { ...AN_IMAGE, size });
      return { id, key: incomingKey(id) };
    },
    confirm: (id) => confirm.execute(uploader, id),
    close: () => app.close(),
  };
}
