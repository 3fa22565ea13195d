import { compose, type Schema, type Schemas } from './compose.ts';
import { type Document, type Media, type Operation, operationsOf } from './operations.ts';

/** Bodies that nobody can imagine: a field of them has no example. */
export function objectionsToExamples(document: Document): string[] {
  const schemas = (document.components?.schemas ?? {}) as Schemas;
  return operationsOf(document).flatMap(([name, operation]) =>
    bodiesOf(operation, document).flatMap(([which, schema]) =>
      compose(schema, schemas).missing.map(
        (field) =>
          `${name} has no example of ${field === '' ? 'its' : `"${field}" in its`} ${which}: say it in .meta({ examples: […] })`,
      ),
    ),
  );
}

/** The same document, with a whole example beside each body: only together can their fields be held against the schema. */
export function withExamples(document: Document): Document {
  const copy = structuredClone(document);
  const schemas = (copy.components?.schemas ?? {}) as Schemas;
  for (const [, operation] of operationsOf(copy))
    for (const [, schema, media] of bodiesOf(operation, copy))
      Object.assign(media, { example: compose(schema, schemas).value });
  return copy;
}

type Body = [which: string, schema: Schema, media: object];

function bodiesOf({ requestBody, responses = {} }: Operation, { components }: Document): Body[] {
  const answers = Object.entries(responses).flatMap(([status, response]) => {
    const name = response.$ref?.split('/').at(-1);
    const { content } = (name === undefined ? response : components?.responses?.[name]) ?? {};
    return bodies(`answer ${status}`, content);
  });
  return [...bodies('request body', requestBody?.content), ...answers];
}

const bodies = (which: string, content: Media = {}): Body[] =>
  Object.values(content).map((media) => [which, (media.schema ?? {}) as Schema, media]);
