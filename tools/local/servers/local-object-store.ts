import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type ObjectStoreSettings, SETTINGS_VARIABLE } from '../../object-store/settings.ts';
import { freePort } from '../../servers/ports.ts';
import { machineEnvironment } from '../../servers/shell-environment.ts';
import type { Program } from '../programs/program.ts';

const BUCKET = 'files';
const ACCESS_KEY_ID = 'local-service';

/** A server that speaks S3 and what the services have to know about it. */
export type LocalObjectStore = Readonly<{
  endpoint: string;
  /** For the environment of the services. */
  variables: Readonly<Record<string, string>>;
  program: Program;
}>;

/** Null when the environment says where files are. @param lastEndpoint kept while it is free: links lead there */
export async function prepareObjectStore(
  env: NodeJS.ProcessEnv,
  directory: string,
  lastEndpoint?: string,
): Promise<LocalObjectStore | null> {
  if (env.STORAGE || env.STORAGE_FILE || env.STORAGE_DIRECTORY) return null;

  const port = await freePort(lastEndpoint === undefined ? undefined : Number(new URL(lastEndpoint).port));
  const endpoint = `http://127.0.0.1:${port}`;
  const secretAccessKey = randomBytes(24).toString('base64url');
  const place = { endpoint, directory: join(directory, 'objects'), bucket: BUCKET };
  return {
    endpoint,
    variables: {
      STORAGE: 's3',
      S3_ENDPOINT: endpoint,
      S3_BUCKET: BUCKET,
      S3_ACCESS_KEY_ID: ACCESS_KEY_ID,
      S3_SECRET_ACCESS_KEY: secretAccessKey,
    },
    program: objectStoreProgram({ ...place, accessKeyId: ACCESS_KEY_ID, secretAccessKey }),
  };
}

const objectStoreProgram = (settings: ObjectStoreSettings): Program => ({
  name: 'objects',
  args: ['tools/object-store/server.ts'],
  env: { ...machineEnvironment(), [SETTINGS_VARIABLE]: JSON.stringify(settings) },
  readyUrl: `${settings.endpoint}/-/ready`,
  reloads: false,
});
