import type { OpenAPIObject } from '@nestjs/swagger';
import type { OperationObject, ResponseObject, ResponseObjects, SchemaObject } from '../http/answers/openapi-types.js';

const PROBLEM_JSON = 'application/problem+json';

/** Where a schema stands that has no name yet; `owner`: the operation, or the code. */
type Found = Readonly<{ owner: string; status: string; content: { schema?: unknown } }>;
type Schemas = Record<string, SchemaObject>;

/**
 * Gives each set of codes one named schema and refers to it, so that generated clients have a type for it. What most operations answer with a
 * status is named after the status (`Problem403`), other sets after the first operation that has them as well (`OrdersPlaceProblem422`), and a code
 * that stands alone after the code (`OrderNotFoundProblem`).
 */
export function nameProblems({ paths, components }: OpenAPIObject): Schemas {
  const named: Schemas = {};
  const alone = problemsAmong(Object.entries(components?.responses ?? {}), '');
  for (const found of alone) share(named, `${pascal(found.owner)}Problem`, [found]);

  const operations = Object.values(paths).flatMap((path) => Object.values(path as Record<string, OperationObject>));
  const inOperations = operations.flatMap(({ operationId = '', responses }) =>
    Object.entries(responses as ResponseObjects).flatMap(([status, response]) =>
      problemsAmong([[operationId, response]], status),
    ),
  );
  for (const [status, all] of Map.groupBy(inOperations, (found) => found.status)) nameSets(named, status, all);
  return named;
}

function nameSets(named: Schemas, status: string, all: readonly Found[]): void {
  const sets = [...Map.groupBy(all, ({ content }) => JSON.stringify(content.schema)).values()];
  const [most = [], ...others] = sets.toSorted((one, other) => other.length - one.length);
  share(named, `Problem${status}`, most);
  for (const set of others) {
    const [first = ''] = set.map(({ owner }) => owner).sort();
    share(named, `${pascal(first)}Problem${status}`, set);
  }
}

const problemsAmong = (responses: readonly [string, unknown][], status: string): Found[] =>
  responses.flatMap(([owner, response]) => {
    const content = (response as ResponseObject).content?.[PROBLEM_JSON];
    return content ? [{ owner, status, content }] : [];
  });

function share(named: Schemas, name: string, set: readonly Found[]): void {
  const [first] = set;
  if (first) named[name] = first.content.schema as SchemaObject;
  for (const { content } of set) content.schema = { $ref: `#/components/schemas/${name}` };
}

/** `OrdersPlace` of `Orders.place`, `RateLimited` of `RATE_LIMITED`. */
function pascal(name: string): string {
  const words = name.includes('.') ? name.split('.') : name.toLowerCase().split('_');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
