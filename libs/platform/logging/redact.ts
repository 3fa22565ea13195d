import { isError, serializeError } from './serialize-error.js';

export const REDACTED = '[redacted]';

const SECRET_NAME =
  /(?:authorization|cookies?|pass(?:word|phrase|code)s?|password_?hash|tokens?|secrets?|api_?keys?|private_?key|signing_?keys|credentials?|code_?verifier|e?mails?|e?mail_?address(?:es)?)$/i;

const E_MAIL = /[\w.!#$%&'*+=?^{|}~-]{1,64}(?:@|%(?:25){0,8}40)(?:[a-z\d-]{1,63}\.){1,8}[a-z]{2,24}/gi;

/** JSON Web Tokens, API keys, and the credentials in Authorization headers, URLs and query strings. */
const CREDENTIALS =
  /kit_[0-9a-f]{32}_\w+|eyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?|(?<=\b(?:bearer|basic) )[\w.~+/=-]{16,}|(?<=:\/\/)[^\s/"\\@]{1,256}(?=@)|(?<=[?&][\w-]{0,32}(?:token|code|secret|key|state)=)[^\s&"\\#]{1,2048}/gi;

const MAX_DEPTH = 8;
const MAX_VALUES = 1_000;

/** Recognises a secret by its name, at any depth. A line is not a place for a whole object graph, so it also ends. */
export function redact(fields: Record<string, unknown>): Record<string, unknown> {
  let values = 0;

  const clean = (value: unknown, depth: number): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (isError(value)) return cleanEntries(serializeError(value), depth);
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (depth === MAX_DEPTH || values > MAX_VALUES) return '[too much to log]';
    if (Array.isArray(value)) return value.slice(0, MAX_VALUES).map((item) => (++values, clean(item, depth + 1)));
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
  const withoutCredentials = text.replace(CREDENTIALS, REDACTED);
  return text.includes('@') || text.includes('%') ? withoutCredentials.replace(E_MAIL, REDACTED) : withoutCredentials;
}

function isSecret(name: string, value: unknown): boolean {
  return value !== undefined && value !== null && typeof value !== 'boolean' && SECRET_NAME.test(name.replaceAll('-', '_'));
}
