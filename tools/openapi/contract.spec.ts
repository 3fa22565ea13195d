import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Schema = Readonly<{
  $ref?: string;
  title?: string;
  type?: string;
  enum?: unknown[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
  items?: Schema;
}>;
type Content = Readonly<Record<string, { schema?: Schema }>>;
type Operation = Readonly<{
  security?: object[];
  parameters?: { name: string; schema: Schema }[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
}>;
type Document = Readonly<{
  info: object;
  servers: object[];
  paths: Record<string, Record<string, Operation>>;
  components: Readonly<{ schemas: Record<string, Schema>; responses: Record<string, { content: Content }> }>;
}>;

const document = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8')) as Document;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
);
const operation = (name: string) => operations.find(([known]) => known === name)?.[1] as Operation;

const resolved = (schema: Schema = {}): Schema =>
  document.components.schemas[schema.$ref?.split('/').at(-1) ?? ''] ?? schema;
const bodyField = (name: string, field: string) =>
  resolved(Object.values(operation(name).requestBody?.content ?? {})[0]?.schema).properties?.[field] as Schema;
const parameter = (name: string, wanted: string) =>
  operation(name).parameters?.find((one) => one.name === wanted)?.schema as Schema;

/** What stands in a schema without a name of its own. */
const partsOf = ({ properties = {}, items, anyOf = [] }: Schema): Schema[] =>
  [...Object.values(properties), ...(items ? [items] : []), ...anyOf].flatMap((part) => [part, ...partsOf(part)]);

/** What a client that believes the document would do before it sends the text. */
function accepts({ pattern = '', minLength = 0, maxLength = Infinity, anyOf }: Schema, text: string): boolean {
  if (anyOf) return anyOf.some((schema) => schema.type === 'string' && accepts(schema, text));
  return new RegExp(pattern, 'u').test(text) && text.length >= minLength && text.length <= maxLength;
}
const { license } = JSON.parse(readFileSync('package.json', 'utf8')) as { license: string };

describe('the contract', () => {
  it('says where it is served, and on which terms', () => {
    expect(document.servers).toEqual([{ url: expect.stringMatching(/^https?:/) }]);
    expect(document.info).toMatchObject({ license: { name: license } });
  });

  it.each(operations)('says of %s who may call it, be it everybody', (_name, { security }) => {
    expect(security).toBeDefined();
  });

  it.each(operations)('says of %s what it answers', (_name, { responses }) => {
    const answers = Object.entries(responses).filter(([status]) => status === '200' || status === '201');

    for (const [status, { content = {} }] of answers)
      expect([status, Object.values(content)[0]?.schema]).toEqual([status, expect.any(Object)]);
  });

  it.each(operations)(
    'has a name for what %s takes and gives, so that clients need not make one up',
    (_name, operation) => {
      const contents = [operation.requestBody, ...Object.values(operation.responses)].map(
        (part) => part?.content ?? {},
      );
      const schemas = contents.flatMap((content) => Object.values(content)).map(({ schema }) => schema ?? {});

      // A file is text or bytes.
      expect(schemas.filter(({ $ref, type }) => !$ref && type !== 'string')).toEqual([]);
    },
  );

  it.each(Object.entries(document.components.schemas))(
    'has a name for every object in %s, but for an amount of money, which has a bound of its own in each body',
    (_name, schema) => {
      // One that may be null is an object beside null.
      const object = schema.anyOf?.find(({ type }) => type === 'object') ?? schema;
      const objects = partsOf(object).flatMap(({ properties }) => (properties ? [Object.keys(properties).join()] : []));

      expect(objects.filter((fields) => fields !== 'amount,currency')).toEqual([]);
    },
  );

  it('has no schema that is named as Go names the constructor of another', () => {
    const names = Object.keys(document.components.schemas);

    expect(names.filter((name) => names.includes(name.replace(/^New/, '')) && name.startsWith('New'))).toEqual([]);
  });

  it('names problems so that clients narrow them by their code', () => {
    const problems = Object.entries(document.components.schemas).filter(
      ([name]) => /Problem(?:\d{3})?$/.test(name) && name !== 'Problem',
    );

    expect(problems.length).toBeGreaterThan(10);
    for (const [name, { properties }] of problems)
      expect([name, properties?.['status'], properties?.['code']]).toEqual([
        name,
        { type: 'integer', enum: [expect.any(Number)] },
        expect.objectContaining({ type: 'string', enum: expect.arrayContaining([expect.any(String)]) }),
      ]);
  });

  it.each<[what: string, schema: Schema, accepted: string[], refused: string[]]>([
    ['the own name', bodyField('PATCH /v1/me', 'name'), ['Ada'], ['', ' ', 'a\0b', 'x'.repeat(201)]],
    ['a cursor', parameter('GET /v1/users', 'cursor'), ['Abc_-9'], ['', 'a b', 'a=']],
    [
      'an e-mail address',
      bodyField('POST /v1/auth/login', 'email'),
      ['ada@example.test'],
      [`${'a'.repeat(65)}@example.test`, 'ada@', 'ada@a@b.test'],
    ],
    ['the beginning of an address', parameter('GET /v1/users', 'query'), ['ada'], ['', 'a\nb', 'x'.repeat(255)]],
  ])('tells all that the code asks of %s', (_what, schema, accepted, refused) => {
    expect(accepted.filter((text) => !accepts(schema, text))).toEqual([]);
    expect(refused.filter((text) => accepts(schema, text))).toEqual([]);
  });

  it('tells all that the code asks of an Idempotency-Key', () => {
    const keys = operations.flatMap(([, { parameters = [] }]) =>
      parameters.filter(({ name }) => name === 'Idempotency-Key'),
    );

    for (const { schema } of keys) {
      expect(['a', '"a b"', 'x'.repeat(255)].filter((text) => !accepts(schema, text))).toEqual([]);
      expect(['', 'a b', 'ä', 'x'.repeat(256)].filter((text) => accepts(schema, text))).toEqual([]);
    }
  });

  it('has no pattern that only JavaScript reads', () => {
    const patterns = [...JSON.stringify(document).matchAll(/"pattern":"((?:[^"\\]|\\.)*)"/g)].map(([, pattern]) =>
      String(pattern),
    );

    expect(patterns.length).toBeGreaterThan(0);
    expect(patterns.filter((pattern) => /\\p\{|\(\?</.test(pattern))).toEqual([]);
  });
});
