import { NODE_TLS_CODE } from './tls-failure.js';

/** Why a call had no answer. Log lines and metrics name it; what it means for somebody, the caller has to say. */
export type FailureReason =
  /** No http or https, a name and password in it, a port that browsers refuse. */
  | 'url-refused'
  /** It leads to where those who give addresses must not reach. */
  | 'address-refused'
  | 'dns'
  | 'connect'
  | 'connect-timeout'
  | 'tls'
  | 'headers-timeout'
  | 'body-timeout'
  /** All of it took too long: waiting, attempts, pauses between them. */
  | 'timeout'
  | 'connection-lost'
  | 'too-large'
  /** What came is no HTTP. */
  | 'protocol'
  /** The destination failed too often, and is left alone for a while. */
  | 'circuit-open'
  /** As many calls are under way, and wait, as may be. */
  | 'busy';

/** A call to another server that had no answer. Names where it went and nothing of what it said: paths and queries hold secrets. */
export class OutboundFailure extends Error {
  override readonly name = 'OutboundFailure';

  constructor(
    readonly reason: FailureReason,
    /** Scheme, host and port. */
    readonly destination: string,
    cause?: unknown,
  ) {
    super(`${destination}: ${reason}`, { cause });
  }
}

/** An error with those that caused it, outermost first. */
function* causesOf(error: unknown): Generator<Partial<NodeJS.ErrnoException>> {
  for (let each = error; typeof each === 'object' && each !== null; each = (each as Error).cause) yield each;
}

/** Whether it is, or was caused by, a call without an answer: libraries wrap it in errors of their own. */
export const isOutboundFailure = (error: unknown): boolean =>
  [...causesOf(error)].some((each) => each instanceof OutboundFailure);

/** Codes of Node and undici (undici, "Errors"; nodejs.org, "Common system errors"). */
const REASONS: readonly (readonly [RegExp, FailureReason])[] = [
  [/^(?:ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL)$/, 'dns'],
  [/^(?:UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, 'connect-timeout'],
  [/^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL|EACCES|EINVAL)$/, 'connect'],
  [/^UND_ERR_HEADERS_TIMEOUT$/, 'headers-timeout'],
  [/^UND_ERR_BODY_TIMEOUT$/, 'body-timeout'],
  [
    /^(?:HPE_\w+|HTTPParserError|UND_ERR_(?:HEADERS_OVERFLOW|RES_CONTENT_LENGTH_MISMATCH)|Z_\w+|ERR__ERROR_FORMAT\w*)$/,
    'protocol',
  ],
  [NODE_TLS_CODE, 'tls'],
];

/** What fetch throws, in our words. */
export function toOutboundFailure(error: unknown, destination: string): OutboundFailure {
  for (const each of causesOf(error)) {
    const reason = each instanceof OutboundFailure ? each.reason : reasonOf(each);
    if (reason) return new OutboundFailure(reason, destination, error);
  }
  return new OutboundFailure('connection-lost', destination, error);
}

function reasonOf({ code, name, message }: Partial<NodeJS.ErrnoException>): FailureReason | undefined {
  // The standard's word for it has no code (Fetch, "Port blocking").
  if (message === 'bad port') return 'url-refused';
  // undici's parser gives a code to some of its errors only.
  return REASONS.find(([pattern]) => pattern.test(String(code ?? name)))?.[1];
}
