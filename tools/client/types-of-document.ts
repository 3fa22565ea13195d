import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';

const KEY = 'Idempotency-Key';

type Parameter = { name: string; required?: boolean };
type Paths = Record<string, Record<string, { parameters?: Parameter[] }>>;

/** What libs/client knows of the API: the type of every operation and every schema, and which operations take an Idempotency-Key. */
export async function typesOfDocument(json: string): Promise<string> {
  const document = JSON.parse(json) as OpenAPI3 & { paths: Paths };
  const keyed = withOptionalKeys(document.paths);
  // What has a default may be left out of a request; of an answer the document itself says that it is there.
  const types = await openapiTypescript(document, { defaultNonNullable: false, silent: true });
  return `${astToString(types)}\nexport const KEYED_OPERATIONS: readonly string[] = ${JSON.stringify(keyed)};\n`;
}

/** The client makes a key where its caller gives none. @returns the operations that take one */
function withOptionalKeys(paths: Paths): string[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { parameters = [] }]) => {
      const key = parameters.find(({ name }) => name === KEY);
      if (key === undefined) return [];
      key.required = false;
      return [`${method.toUpperCase()} ${path}`];
    }),
  );
}
