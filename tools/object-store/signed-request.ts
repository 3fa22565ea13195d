import type { IncomingHttpHeaders } from 'node:http';
import type { ObjectStoreSettings } from './settings.ts';
import { sha256, signatureOf } from './signing.ts';

type Request = Readonly<{ method?: string | undefined; url?: string | undefined; headers: IncomingHttpHeaders }>;
type Keys = Pick<ObjectStoreSettings, 'accessKeyId' | 'secretAccessKey'>;

/** What a request says of its signature, in its headers or, of a link, in its query. */
type Claim = Readonly<{
  credential: string;
  signedHeaders: string;
  signature: string;
  /** `20300101T120000Z` */
  time: string;
  seconds: number;
  payload: string;
}>;

const SKEW_SECONDS = 900;

/** Why a request is refused; null for one that is signed as it has to be ("Signature Version 4 signing process" in the manual of AWS). */
export function signatureProblem(request: Request, keys: Keys, now: Date): string | null {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const claim = claimOfHeaders(request.headers) ?? claimOfQuery(searchParams);
  if (!claim) return 'The request is not signed.';

  const [keyId, ...scope] = claim.credential.split('/');
  if (keyId !== keys.accessKeyId) return 'The key is not known here.';
  if (!isCurrent(claim, now)) return 'The signature has ended.';
  const canonical = [
    request.method,
    pathname,
    canonicalQuery(searchParams),
    canonicalHeaders(request.headers, claim.signedHeaders),
    claim.signedHeaders,
    claim.payload,
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', claim.time, scope.join('/'), sha256(canonical)].join('\n');
  return signatureOf(text, scope, keys.secretAccessKey) === claim.signature ? null : 'The signature is another one.';
}

function claimOfHeaders(headers: IncomingHttpHeaders): Claim | null {
  const found = /Credential=([^,]+), *SignedHeaders=([^,]+), *Signature=(\w+)/.exec(headers.authorization ?? '');
  if (!found) return null;
  const [, credential = '', signedHeaders = '', signature = ''] = found;
  const [time, payload] = [String(headers['x-amz-date']), String(headers['x-amz-content-sha256'])];
  return { credential, signedHeaders, signature, time, payload, seconds: SKEW_SECONDS };
}

function claimOfQuery(query: URLSearchParams): Claim | null {
  const get = (name: string): string => query.get(`X-Amz-${name}`) ?? '';
  if (get('Signature') === '') return null;
  return {
    credential: get('Credential'),
    signedHeaders: get('SignedHeaders'),
    signature: get('Signature'),
    time: get('Date'),
    seconds: Number(get('Expires')),
    payload: 'UNSIGNED-PAYLOAD',
  };
}

function isCurrent({ time, seconds }: Claim, now: Date): boolean {
  const iso = time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const ageSeconds = (now.getTime() - new Date(iso).getTime()) / 1_000;
  return ageSeconds >= -SKEW_SECONDS && ageSeconds <= seconds;
}

const canonicalQuery = (query: URLSearchParams): string =>
  [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');

const canonicalHeaders = (headers: IncomingHttpHeaders, signed: string): string =>
  signed
    .split(';')
    .map((name) => `${name}:${String(headers[name]).trim().replaceAll(/ +/g, ' ')}\n`)
    .join('');

/** RFC 3986, which leaves fewer signs as they are than encodeURIComponent does. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
