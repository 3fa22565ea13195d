declare module '@20minutes/s3rver' {
  import type { RequestListener } from 'node:http';
  import type { Readable } from 'node:stream';

  type Options = Readonly<{
    directory: string;
    silent: boolean;
    vhostBuckets: boolean;
    allowMismatchedSignatures: boolean;
    configureBuckets: readonly { name: string }[];
  }>;
  type StoredObject = Readonly<{ bucket: string; key: string; content: Readable; metadata: Record<string, string> }>;

  export default class S3rver {
    constructor(options: Options);
    readonly store: { putObject(object: StoredObject): Promise<Readonly<{ md5: string; size: number }>> };
    configureBuckets(): Promise<unknown>;
    callback(): RequestListener;
  }
}
