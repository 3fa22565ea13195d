import type { HeaderObjects, OperationObject } from '../http/answers/openapi-types.js';
import type { Deprecation } from '../http/deprecation/deprecated.decorator.js';
import { deprecationHeaders } from '../http/deprecation/deprecation-headers.js';

const text = (description: string, example: string): HeaderObjects[string] => ({
  description,
  schema: { type: 'string', examples: [example] },
});

/** Marks an operation as one that ends, and says when and what comes after it. */
export function documentDeprecation(operation: OperationObject, { since, sunset, successor }: Deprecation): void {
  const instead = successor === undefined ? '' : `: call \`${successor.replace(/:(\w+)/g, '{$1}')}\` instead`;
  operation.deprecated = true;
  operation.description = [`Deprecated since ${since}, ends on ${sunset}${instead}.`, operation.description]
    .filter(Boolean)
    .join('\n\n');
}

/** Beside the other headers of its answers. */
export function headersOfDeprecation(deprecation: Deprecation): HeaderObjects {
  const { deprecation: since = '', sunset = '' } = deprecationHeaders(deprecation);
  return {
    Deprecation: text('Since when it is deprecated, in seconds (RFC 9745).', since),
    Sunset: text('From when on it may be gone (RFC 8594).', sunset),
    ...(deprecation.successor !== undefined && {
      Link: text('Leads to the successor.', `<${deprecation.successor}>; rel="successor-version"`),
    }),
  };
}
