import { Registry } from '../registry.js';

/** What went wrong, in words every transport can translate. HTTP statuses belong to platform/http. */
export type ErrorKind =
  | 'malformed'
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'precondition-failed'
  | 'too-many-requests'
  | 'unavailable'
  | 'internal';

/** One violated rule. `pointer` is a JSON Pointer fragment (RFC 6901 section 6) into the request, such as `#/items/0/quantity`. */
export type FieldError = Readonly<{ pointer: string; code: string; detail: string }>;

/** The constant half of an error: what `GET /errors/<slug>` documents. */
export type ErrorDefinition = Readonly<{
  kind: ErrorKind;
  /** Public API: never rename one, never reuse a retired one. */
  code: string;
  /** The same for every occurrence (RFC 9457, section 3.1.3). */
  title: string;
  /** What the caller can do about it. */
  help: string;
  /** Whether the audit counts it as a failed authentication, as it does all that are `unauthenticated`. */
  isFailedAuthentication?: boolean;
}>;

export type Occurrence = Readonly<{
  errors?: readonly FieldError[];
  retryAfterSeconds?: number;
  /** The id of the user or session that was meant, for the audit alone: it is in no answer. */
  auditSubjectId?: string | null;
  /** Which part had no answer or no room, for log and metric alone: it is in no answer. */
  reason?: string;
  cause?: unknown;
}>;

/**
 * A failure we expected and can explain to the caller.
 * The message and `errors` reach the client; secrets and internals go in `cause`, which only reaches the logs.
 */
export class AppError extends Error {
  readonly errors: readonly FieldError[] | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly auditSubjectId: string | null;
  readonly reason: string | undefined;

  constructor(
    readonly definition: ErrorDefinition,
    detail: string = definition.help,
    { errors, retryAfterSeconds, auditSubjectId = null, reason, cause }: Occurrence = {},
  ) {
    super(detail, { cause });
    this.name = definition.code;
    this.errors = errors;
    this.retryAfterSeconds = retryAfterSeconds;
    this.auditSubjectId = auditSubjectId;
    this.reason = reason;
  }
}

export type AppErrorClass = (new (
  detail?: string,
  occurrence?: Occurrence,
) => AppError) &
  Readonly<{ definition: ErrorDefinition }>;

const registry = new Registry<ErrorDefinition>('The error code');

/**
 * Declares one way things can go wrong. Every definition that is loaded is documented at `/errors`.
 * @throws when two definitions share a code
 */
export function defineError(definition: ErrorDefinition): AppErrorClass {
  registry.add(definition.code, definition);

  return class extends AppError {
    static readonly definition = definition;

    constructor(detail?: string, occurrence?: Occurrence) {
      super(definition, detail, occurrence);
    }
  };
}

/** Every error defined so far, by code. */
export function definedErrors(): readonly ErrorDefinition[] {
  return [...registry.all.values()].sort((a, b) => a.code.localeCompare(b.code));
}
