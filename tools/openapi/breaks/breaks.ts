import { isDeepStrictEqual } from 'node:util';
import type { Schema, Schemas } from './schema.ts';
import { breaksOfSchema, type Direction } from './widening.ts';

type Content = Readonly<Record<string, Readonly<{ schema?: Schema }>>>;
type Response = Readonly<{ $ref?: string; headers?: Readonly<Record<string, unknown>>; content?: Content }>;
type Parameter = Readonly<{ name: string; in: string; required?: boolean; schema?: Schema }>;
type Operation = Readonly<{
  operationId?: string;
  security?: readonly Readonly<Record<string, unknown>>[];
  parameters?: readonly Parameter[];
  requestBody?: Readonly<{ required?: boolean; content: Content }>;
  responses: Readonly<Record<string, Response>>;
}>;
export type Contract = Readonly<{
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  components?: Readonly<{ schemas?: Schemas; responses?: Readonly<Record<string, Response>> }>;
}>;

/** One operation before and after, and where their references lead. */
type Both = Readonly<{ name: string; old: Operation; now: Operation; before: Contract; after: Contract }>;

/**
 * What of a contract a client may have relied on and cannot any more. What requests take may only widen, what responses give may only narrow;
 * new codes of problems and new values of an answer count, since a client may have handled all there were.
 */
export function breaksBetween(before: Contract, after: Contract): string[] {
  return Object.entries(before.paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, old]) => {
      const name = `${method.toUpperCase()} ${path}`;
      const now = after.paths[path]?.[method];
      return now ? breaksOf({ name, old, now, before, after }) : [`${name}: is gone`];
    }),
  );
}

function breaksOf(both: Both): string[] {
  const { name, old, now } = both;
  const renamed =
    old.operationId !== now.operationId ? [`${name}: operationId ${old.operationId} → ${now.operationId}`] : [];
  return [...renamed, ...securityBreaks(both), ...parameterBreaks(both), ...bodyBreaks(both), ...responseBreaks(both)];
}

/** Without a scheme an operation is open to all. */
function securityBreaks({ name, old, now }: Both): string[] {
  const [before, after] = [old.security ?? [], now.security ?? []];
  if (after.length === 0) return [];
  if (before.length === 0) return [`${name}: asks for credentials now`];
  const refused = before.filter((scheme) => !after.some((other) => isDeepStrictEqual(scheme, other)));
  return refused.map((scheme) => `${name}: takes no ${Object.keys(scheme).join(' with ')} credentials any more`);
}

function parameterBreaks(both: Both): string[] {
  const { name, old, now } = both;
  const key = (parameter: Parameter): string => `${parameter.in} ${parameter.name}`;
  const [before, after] = [old, now].map(
    ({ parameters = [] }) => new Map(parameters.map((each) => [key(each), each])),
  ) as [Map<string, Parameter>, Map<string, Parameter>];
  const gone = [...before.keys()].filter((each) => !after.has(each)).map((each) => `${name} ${each}: is gone`);
  const needed = [...after.values()]
    .filter((each) => each.required && !before.get(key(each))?.required)
    .map((each) => `${name} ${key(each)}: is required now`);
  const changed = [...before].flatMap(([each, { schema = {} }]) => {
    const other = after.get(each)?.schema;
    return other ? schemaBreaks(both, { old: schema, now: other, direction: 'request', place: each }) : [];
  });
  return [...gone, ...needed, ...changed];
}

function bodyBreaks(both: Both): string[] {
  const { name, old, now } = both;
  const [before, after] = [old.requestBody, now.requestBody];
  const needed = after?.required && !before?.required ? [`${name} body: is required now`] : [];
  return [...needed, ...contentBreaks(both, [before?.content, after?.content], 'request', 'body')];
}

function responseBreaks(both: Both): string[] {
  const { name, old, now, before, after } = both;
  const added = Object.keys(now.responses)
    .filter((status) => !(status in old.responses))
    .map((status) => `${name} ${status}: is a new answer`);
  const kept = Object.entries(old.responses).flatMap(([status, response]) => {
    const other = now.responses[status];
    if (!other) return Number(status) < 400 ? [`${name} ${status}: is gone`] : [];
    const [was, is] = [answer(response, before), answer(other, after)];
    const headers = Object.keys(was.headers ?? {}).filter((header) => !(header in (is.headers ?? {})));
    return [
      ...headers.map((header) => `${name} ${status} ${header}: is gone`),
      ...contentBreaks(both, [was.content, is.content], 'response', status),
    ];
  });
  return [...added, ...kept];
}

const answer = (response: Response, { components }: Contract): Response =>
  response.$ref ? (components?.responses?.[response.$ref.split('/').at(-1) ?? ''] ?? response) : response;

function contentBreaks(
  both: Both,
  [before = {}, after = {}]: [Content?, Content?],
  direction: Direction,
  place: string,
): string[] {
  return Object.entries(before).flatMap(([type, { schema = {} }]) => {
    const other = after[type];
    return other
      ? schemaBreaks(both, { old: schema, now: other.schema ?? {}, direction, place })
      : [`${both.name} ${place}: ${type} is gone`];
  });
}

type Pair = Readonly<{ old: Schema; now: Schema; direction: Direction; place: string }>;

function schemaBreaks({ name, before, after }: Both, { old, now, direction, place }: Pair): string[] {
  const placed = (schema: Schema, { components }: Contract) => ({ schema, schemas: components?.schemas ?? {} });
  return breaksOfSchema(placed(old, before), placed(now, after), direction, `${name} ${place}`);
}
