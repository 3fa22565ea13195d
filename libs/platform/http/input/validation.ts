import { type ArgumentMetadata, StandardSchemaValidationPipe } from '@nestjs/common';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { FieldError } from '../../kernel/errors/app-error.js';
import { ValidationFailed } from '../errors/http.errors.js';
import { malformedTextsIn } from './malformed-text.js';

/** A body of a hundred thousand unknown fields shall not become an answer ten times its size. */
const MOST_ERRORS = 100;

/** Leaves out Nest's walk over the whole input: Fastify refuses `__proto__` in JSON, and zod copies only the fields it knows. */
class SchemaPipe extends StandardSchemaValidationPipe {
  /** No schema has to think of text that is none. */
  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const malformed = metadata.schema ? malformedTextsIn(value, metadata.type !== 'body') : [];
    if (malformed.length === 0) return super.transform(value, metadata);

    const result = await metadata.schema?.['~standard'].validate(value);
    throw this.exceptionFactory([...malformed, ...(result?.issues ?? [])]);
  }

  protected override stripProtoKeys(): void {}
}

/** Nest's default keeps only the messages; a client needs to know which field each one is about, all of them at once. */
export const validationPipe = new SchemaPipe({
  exceptionFactory: (issues) =>
    new ValidationFailed(undefined, {
      errors: issues.slice(0, MOST_ERRORS).flatMap(toFieldErrors).slice(0, MOST_ERRORS),
    }),
});

type ZodIssue = StandardSchemaV1.Issue & { code?: string; keys?: readonly string[] };

/** Zod names all unknown fields in one issue; each gets its own pointer here. Messages never repeat the rejected value. */
function toFieldErrors({ path = [], message, code = 'invalid', keys }: ZodIssue): FieldError[] {
  const segments = path.map((segment) => (typeof segment === 'object' ? segment.key : segment));
  if (keys === undefined) return [{ pointer: pointerTo(segments), code, detail: message }];

  return keys
    .slice(0, MOST_ERRORS)
    .map((key) => ({ pointer: pointerTo([...segments, key]), code, detail: 'This field is not known.' }));
}

/** RFC 6901, sections 3 and 6. */
function pointerTo(segments: readonly PropertyKey[]): string {
  const tokens = segments.map((segment) =>
    encodeURIComponent(String(segment).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1')),
  );
  return `#${tokens.map((token) => `/${token}`).join('')}`;
}
