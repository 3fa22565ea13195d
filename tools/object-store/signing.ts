import { createHash, createHmac } from 'node:crypto';

/** A signature of AWS, version 4, of a text under a scope: `date/region/service/aws4_request`. */
export function signatureOf(text: string, scope: readonly string[], secret: string): string {
  const key = scope.reduce<Buffer | string>(hmac, `AWS4${secret}`);
  return hmac(key, text).toString('hex');
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
