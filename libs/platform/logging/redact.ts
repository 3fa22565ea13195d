import { CREDENTIAL_PREFIX } from '../kernel/access/credential-prefix.js';
import { isError, serializeError } from './serialize-error.js';

const REDACTED = '[redacted]';

/** Endings of names, so that `newPassword` is a secret and `passwordChanged` is none. */
const SECRET_NAMES = [
  'authorization',
  'cookies?',
  'pass(?:word|phrase|code)s?',
  'password_?hash',
  'tokens?',
  'secrets?',
  'api_?keys?',
  'private_?key',
  'signing_?keys',
  'credentials?',
  'code_?verifier',
  'e?mails?',
  'e?mail_?address(?:es)?',
];
const SECRET_NAME = new RegExp(`(?:${SECRET_NAMES.join('|')})$`, 'i');

/** API keys, and refresh and mailed tokens with the two letters of their kind. */
const OF_OURS = new RegExp(`${CREDENTIAL_PREFIX}(?:[a-z]{2})?_[\\w-]{32,}`);
/**
 * `eyJ` is how `{"` looks in base64url: the beginning of every header. The signature may be missing. A header ends where another
 * begins, or each `eyJ` of a text that repeats it would look through all the others.
 */
const JWT = /eyJ(?:(?!eyJ)[\w-])+\.[\w-]+(?:\.[\w-]*)?/;
/** What follows the scheme in an Authorization header. */
const AUTHORIZATION = /(?<=\b(?:bearer|basic) )[\w.~+/=-]{16,}/;
/** `user:password` before the @ of a URL. */
const URL_USERINFO = /(?<=:\/\/)[^\s/"\\@]{1,256}(?=@)/;
/** The value of a parameter whose name ends like a secret: `?code=…`, `&reset_token=…`. */
const QUERY_SECRET = /(?<=[?&][\w-]{0,32}(?:token|code|secret|key|state)=)[^\s&"\\#]{1,2048}/;
const CREDENTIAL = anyOf(OF_OURS, JWT, AUTHORIZATION, URL_USERINFO, QUERY_SECRET);

const LOCAL_PART = /[\w.!#$%&'*+=?^{|}~-]{1,64}/;
/** Plain, percent-encoded as %40, or encoded again and again: %2540, %252540, … */
const AT_SIGN = /(?:@|%(?:25){0,8}40)/;
/** Longer labels than DNS has: what looks like an address to one who registers is one here. */
const DOMAIN = /(?:[a-z\d-]{1,255}\.){1,8}[a-z]{2,24}/;
const E_MAIL = new RegExp(LOCAL_PART.source + AT_SIGN.source + DOMAIN.source, 'gi');

const MAX_DEPTH = 8;
const MAX_VALUES = 1_000;

/** Recognises a secret by its name, at any depth. A line is not a place for a whole object graph, so it also ends. */
export function redact(fields: Record<string, unknown>): Record<string, unknown> {
  let values = 0;

  const cleanItem = (item: unknown, depth: number): unknown => {
    values++;
    return clean(item, depth + 1);
  };

  const clean = (value: unknown, depth: number): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (isError(value)) return cleanEntries(serializeError(value), depth);
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (depth === MAX_DEPTH || values > MAX_VALUES) return '[too much to log]';
    if (Array.isArray(value)) return value.slice(0, MAX_VALUES).map((item) => cleanItem(item, depth));
    if ('toJSON' in value && typeof value.toJSON === 'function') return clean(value.toJSON(), depth + 1);
    return cleanEntries(value, depth);
  };

  const cleanEntries = (object: object, depth: number): Record<string, unknown> => {
    const cleaned: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(object)) {
      if (++values > MAX_VALUES) break;
      cleaned[name] = isSecret(name, value) ? REDACTED : clean(value, depth + 1);
    }
    return cleaned;
  };

  return cleanEntries(fields, 0);
}

/** The last look at a whole line, or at any text: secrets that hide inside messages, addresses and URLs. */
export function scrub(text: string): string {
  const withoutCredentials = text.replace(CREDENTIAL, REDACTED);
  return text.includes('@') || text.includes('%') ? withoutCredentials.replace(E_MAIL, REDACTED) : withoutCredentials;
}

function isSecret(name: string, value: unknown): boolean {
  return (
    value !== undefined && value !== null && typeof value !== 'boolean' && SECRET_NAME.test(name.replaceAll('-', '_'))
  );
}

function anyOf(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'), 'gi');
}
