import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objectStore } from '../../../../tools/object-store/object-store.ts';

export type ObjectStore = Readonly<{
  /** What a service has to know about it. */
  env: Readonly<Record<string, string>>;
  stop: () => Promise<void>;
}>;

const BUCKET = 'files';
const KEYS = { accessKeyId: 'tests', secretAccessKey: 'only-for-tests' };

/** The object store of `npm start`, empty. */
export async function startObjectStore(): Promise<ObjectStore> {
  const directory = await mkdtemp(join(tmpdir(), 'objects-'));
  const server: Server = await objectStore({ endpoint: 'http://127.0.0.1', directory, bucket: BUCKET, ...KEYS });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    env: {
      STORAGE: 's3',
      S3_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      S3_BUCKET: BUCKET,
      S3_ACCESS_KEY_ID: KEYS.accessKeyId,
      S3_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true });
    },
  };
}
