import { type Document, type Operation, operationsOf } from './operations.ts';

const MOST_WORDS = 8;
/** `Lists`, `Listing`: what an operation does is said as an order. */
const NOT_IMPERATIVE = /^\w*[^s]s\b|^\w*[aeiouy]\w*ing\b/i;

/** What is missing where a reader looks for an operation: in its summary, and in the tag that groups it. */
export function objectionsToHeadings(document: Document): string[] {
  const tags = new Map(document.tags?.map(({ name, description = '' }) => [name, description]));
  return operationsOf(document).flatMap(([name, operation]) =>
    [...aboutSummary(operation), ...aboutTags(operation, tags)].map((objection) => `${name} ${objection}`),
  );
}

function aboutSummary({ summary = '' }: Operation): string[] {
  if (summary.trim() === '') return ["has no summary: say in @ApiOperation({ summary: '…' }) what it does"];
  return [
    ...(summary.split(' ').length > MOST_WORDS ? [`has a summary of more than ${MOST_WORDS} words: "${summary}"`] : []),
    ...(/^[A-Z].*[^.]$/.test(summary)
      ? []
      : [`has a summary that is no heading, such as "Place an order": "${summary}"`]),
    ...(NOT_IMPERATIVE.test(summary) ? [`has a summary that is no order, such as "Place an order": "${summary}"`] : []),
  ];
}

function aboutTags({ tags = [] }: Operation, described: ReadonlyMap<string, string>): string[] {
  const [only = '', ...others] = tags;
  if (only === '' || others.length > 0) return ['has not one tag: put @OpenApiTag({ … }) on the module of its feature'];
  return described.get(only) ? [] : [`has the tag ${only}, which nobody describes: say it in @OpenApiTag({ … })`];
}
