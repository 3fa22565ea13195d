import { z } from 'zod';
import { hostAndPort } from '../values/addresses.js';
import { milliseconds } from '../values/numbers.js';
import { rsaPrivateKey } from '../values/private-key.js';
import { baseAddress } from '../values/urls.js';
import { flag, secret } from './marks.js';

/** Files: a folder, or a bucket. */
export const fileVariables = {
  STORAGE: z
    .enum(['local', 's3'])
    .default('local')
    .describe('Where files are: in a `local` folder, or in a bucket that speaks the protocol of `s3`.'),
  STORAGE_DIRECTORY: z
    .string()
    .min(1)
    .default('.local/storage')
    .describe('The local folder. The api and all workers need the same one.'),
  STORAGE_PUBLIC_URL: baseAddress
    .optional()
    .describe(
      'Where browsers send and fetch files. Of `local` another host name of the API, so that nothing people upload is of its origin ' +
        '(default: PUBLIC_URL); of `s3` the endpoint as browsers reach it (default: S3_ENDPOINT).',
    ),
  S3_ENDPOINT: baseAddress
    .optional()
    .describe('The object store, such as `https://<account>.r2.cloudflarestorage.com`. Default: that of AWS.'),
  S3_REGION: z.string().min(1).default('us-east-1').describe('Region of the bucket.'),
  S3_BUCKET: z.string().min(3).optional().describe('The bucket; it must be there, and open to nobody.'),
  S3_PATH_STYLE: flag
    .optional()
    .describe('Whether the bucket is named in the path and not in the host. Default: where there is an S3_ENDPOINT.'),
  S3_ACCESS_KEY_ID: z
    .string()
    .min(1)
    .optional()
    .describe('Who we are there. Default: what the machine is given, such as the role of a pod.'),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional().meta(secret()).describe('The secret of S3_ACCESS_KEY_ID.'),
  CDN_URL: baseAddress
    .optional()
    .describe(
      'CloudFront in front of the bucket, which then hands files out. It signs its requests to the bucket, and passes response-content-* on.',
    ),
  CDN_KEY_PAIR_ID: z.string().min(1).optional().describe('By which CloudFront knows who signed a link.'),
  CDN_PRIVATE_KEY: rsaPrivateKey.optional().meta(secret()).describe('That key, RSA in PEM.'),
  CLAMAV_ADDRESS: hostAndPort
    .optional()
    .describe(
      'A clamd, `host:port`, that looks at what people upload. Without it nobody does; its StreamMaxLength must take the largest file.',
    ),
  S3_TIMEOUT: milliseconds
    .default(5_000)
    .describe('Longest silence of the object store, in milliseconds. A call that fails is made three times.'),
};
