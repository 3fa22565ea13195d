import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { Config } from '../../config/config.js';

const ATTEMPTS = 3;
/** Of S3_TIMEOUT, so that after a connection that leads nowhere there is time for another one. */
const CONNECT_SHARE = 1 / 4;

type Address = { endpoint: string; forcePathStyle: boolean } | { forcePathStyle: boolean };

/** At the address that this service uses, or at another one of the same store, which browsers use. */
export function s3Client(config: Config, endpoint = config.S3_ENDPOINT): S3Client {
  const { S3_REGION, S3_TIMEOUT } = config;
  return new S3Client({
    ...addressOf(config, endpoint),
    ...credentialsOf(config),
    region: S3_REGION,
    maxAttempts: ATTEMPTS,
    requestHandler: {
      connectionTimeout: S3_TIMEOUT * CONNECT_SHARE,
      requestTimeout: S3_TIMEOUT,
      socketTimeout: S3_TIMEOUT,
      throwOnRequestTimeout: true,
    },
    // Other stores than that of AWS do not know the checksums that the client would add by itself.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}

function addressOf({ S3_PATH_STYLE }: Config, endpoint: string | undefined): Address {
  const forcePathStyle = S3_PATH_STYLE ?? endpoint !== undefined;
  return endpoint === undefined ? { forcePathStyle } : { endpoint, forcePathStyle };
}

function credentialsOf({
  S3_ACCESS_KEY_ID: accessKeyId,
  S3_SECRET_ACCESS_KEY: secretAccessKey,
}: Config): Pick<S3ClientConfig, 'credentials'> {
  if (accessKeyId === undefined || secretAccessKey === undefined) return {};
  return { credentials: { accessKeyId, secretAccessKey } };
}
