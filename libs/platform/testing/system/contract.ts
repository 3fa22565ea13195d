import { readFileSync } from 'node:fs';

type Schema = Readonly<{
  $ref?: string;
  properties?: Readonly<Record<string, Readonly<{ enum?: readonly string[] }>>>;
}>;
type Response = Readonly<{ headers?: object; content?: Readonly<Record<string, Readonly<{ schema?: Schema }>>> }>;
type Operation = Readonly<{ responses: Readonly<Record<string, Response | Readonly<{ $ref: string }>>> }>;
type Contract = Readonly<{
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  components: Readonly<{
    headers: object;
    responses: Readonly<Record<string, Response>>;
    schemas: Readonly<Record<string, Schema>>;
  }>;
}>;
type Answered = Readonly<{ method: string; path: string; status: number; headers: Headers; body: unknown }>;

const { paths, components } = JSON.parse(
  readFileSync(new URL('../../../../openapi.json', import.meta.url), 'utf8'),
) as Contract;

/** Addresses with the fewest parameters first: `/v1/me/sessions` is not a `/v1/me/{id}`. */
const routes = Object.entries(paths)
  .map(([path, operations]) => ({
    path,
    operations,
    parameters: path.split('{').length,
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
  }))
  .sort((a, b) => a.parameters - b.parameters);

/** openapi.json promises to name every answer of every operation. @throws when this one is not in it */
export function requireDocumented({ method, path, status, headers, body }: Answered): void {
  const [address = ''] = path.split(/[?#]/);
  const route = routes.find(({ pattern }) => pattern.test(address));
  const operation = route?.operations[method.toLowerCase()];
  if (operation === undefined) return;

  const response = responseOf(operation, status);
  const missing = response ? missingIn(response, headers, (body as { code?: string } | null)?.code) : ['status'];
  if (missing.length > 0)
    throw new Error(
      `${method} ${route?.path} → ${status}: openapi.json does not name the ${missing.join(', ')} of ${JSON.stringify(body)}`,
    );
}

function missingIn(response: Response, headers: Headers, code: string | undefined): string[] {
  const named = codesOf(response);
  const isProblem = headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  const unknown = Object.keys(components.headers).filter(
    (name) => headers.has(name) && !(name in (response.headers ?? {})),
  );
  return [
    ...unknown.map((name) => `header ${name}`),
    ...(isProblem && !named.includes(String(code)) ? [`code ${code}`] : []),
  ];
}

function responseOf({ responses }: Operation, status: number): Response | undefined {
  const response = responses[status];
  return response && '$ref' in response ? components.responses[response.$ref.split('/').at(-1) ?? ''] : response;
}

function codesOf({ content }: Response): readonly string[] {
  const { $ref } = content?.['application/problem+json']?.schema ?? {};
  return components.schemas[$ref?.split('/').at(-1) ?? '']?.properties?.['code']?.enum ?? [];
}
