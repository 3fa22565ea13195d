import { isDeepStrictEqual } from 'node:util';
import { alternatives, type Placed, type Schema, type Schemas } from './schema.ts';

/** `request`: what is taken may only become more. `response`: what is given may only become less, but for fields, which clients ignore. */
export type Direction = 'request' | 'response';

/** Where in the two documents, and which of them gives what the other has to accept. `path`: the references on the way. */
type At = Readonly<{ given: Schemas; accepted: Schemas; direction: Direction; place: string; path: readonly string[] }>;

/** Keywords that allow less when they are greater, or when they are smaller. */
const LOWER_BOUNDS = ['minLength', 'minItems', 'minProperties', 'minimum', 'exclusiveMinimum'];
const UPPER_BOUNDS = ['maxLength', 'maxItems', 'maxProperties', 'maximum', 'exclusiveMaximum'];
/** Of two that differ nobody can tell which one allows less. */
const OPAQUE = ['pattern', 'format', 'multipleOf', 'uniqueItems'];

/** Why a value that may come is not one the other side can live with, as `place: reason`. Empty when every value is. */
export function breaksOfSchema(before: Placed, after: Placed, direction: Direction, place: string): string[] {
  const [given, accepted] = direction === 'request' ? [before, after] : [after, before];
  const at: At = { given: given.schemas, accepted: accepted.schemas, direction, place, path: [] };
  return [...compare(given.schema, accepted.schema, at), ...defaultOf(given.schema, accepted.schema, at)];
}

function compare(given: Schema, accepted: Schema, at: At): string[] {
  // A schema within itself was compared where it began.
  const step = `${given.$ref} ${accepted.$ref}`;
  if (given.$ref !== undefined && at.path.includes(step)) return [];

  const inside = { ...at, path: [...at.path, step] };
  const some = alternatives({ schema: given, schemas: at.given });
  const wide = alternatives({ schema: accepted, schemas: at.accepted });
  return some.flatMap((one) => {
    const tries = wide.map((other) => ({ other, reasons: compareOne(one, other, inside) }));
    if (tries.some(({ reasons }) => reasons.length === 0)) return [];
    return some.length === 1 && tries[0] && tries.length === 1 ? tries[0].reasons : closest(one, tries, at);
  });
}

type Try = Readonly<{ other: Schema; reasons: readonly string[] }>;

/** What to tell when none of the alternatives fits: the one of the same type is what was meant. */
function closest(one: Schema, tries: readonly Try[], { place, direction }: At): readonly string[] {
  const [meant] = tries
    .filter(({ other }) => other.type === one.type)
    .toSorted((a, b) => a.reasons.length - b.reasons.length);
  const what = String(one.type ?? JSON.stringify(one.enum ?? one.const ?? 'anything'));
  return (
    meant?.reasons ?? [`${place}: ${direction === 'request' ? `takes no ${what} any more` : `may be ${what} now`}`]
  );
}

function compareOne(given: Schema, accepted: Schema, at: At): string[] {
  const isWider = accepted.type === 'number' && given.type === 'integer';
  if (accepted.type !== undefined && accepted.type !== given.type && !isWider)
    return [`${at.place}: ${change(given.type, accepted.type, at)}`];
  return [
    ...valuesOf(given, accepted, at),
    ...boundsOf(given, accepted, at),
    ...(accepted.items ? compare(given.items ?? {}, accepted.items, { ...at, place: `${at.place}[]` }) : []),
    ...missingFields(given, accepted, at),
    ...commonFields(given, accepted, at),
  ];
}

function valuesOf(given: Schema, accepted: Schema, { direction, place }: At): string[] {
  const [some, all] = [valuesListed(given), valuesListed(accepted)];
  if (all === undefined) return [];
  if (some === undefined)
    return [`${place}: ${direction === 'request' ? 'takes only some values now' : 'may be any value now'}`];

  const surplus = some.filter((value) => !all.some((other) => isDeepStrictEqual(value, other)));
  return surplus.map((value) =>
    direction === 'request'
      ? `${place}: does not take ${JSON.stringify(value)} any more`
      : `${place}: may be ${JSON.stringify(value)} now`,
  );
}

const valuesListed = ({ enum: values, const: value }: Schema): readonly unknown[] | undefined =>
  values ?? (value === undefined ? undefined : [value]);

function boundsOf(given: Schema, accepted: Schema, at: At): string[] {
  const isTighter = (keyword: string, sign: 1 | -1): boolean => {
    const limit = accepted[keyword];
    return typeof limit === 'number' && sign * Number(given[keyword] ?? sign * -Infinity) < sign * limit;
  };
  const tighter = [
    ...LOWER_BOUNDS.filter((keyword) => isTighter(keyword, 1)),
    ...UPPER_BOUNDS.filter((keyword) => isTighter(keyword, -1)),
    ...OPAQUE.filter((keyword) => accepted[keyword] !== undefined && given[keyword] !== accepted[keyword]),
  ];
  return tighter.map((keyword) => `${at.place}: ${keyword} ${change(given[keyword], accepted[keyword], at)}`);
}

function missingFields(given: Schema, accepted: Schema, { direction, place }: At): string[] {
  const [some, all] = [given, accepted].map(({ properties = {} }) => Object.keys(properties)) as [string[], string[]];
  const isRequest = direction === 'request';
  const isClosed = accepted.additionalProperties === false;
  const gone = isRequest
    ? some.filter((name) => isClosed && !all.includes(name))
    : all.filter((name) => !some.includes(name));
  const required = (accepted.required ?? []).filter((name) => !given.required?.includes(name) && !gone.includes(name));
  const closes = isRequest && isClosed && given.type === 'object' && given.additionalProperties !== false;
  return [
    ...gone.map((name) => `${place}.${name}: is gone`),
    ...required.map((name) => `${place}.${name}: ${isRequest ? 'is required now' : 'may be missing now'}`),
    ...(closes ? [`${place}: takes no other fields any more`] : []),
  ];
}

function commonFields(given: Schema, accepted: Schema, at: At): string[] {
  return Object.entries(given.properties ?? {}).flatMap(([name, field]) => {
    const other = accepted.properties?.[name];
    if (!other) return [];
    const inside = { ...at, place: `${at.place}.${name}` };
    return [...compare(field, other, inside), ...defaultOf(field, other, inside)];
  });
}

/** A request that leaves a field out shall mean what it meant before. */
const defaultOf = (given: Schema, accepted: Schema, { direction, place }: At): string[] =>
  direction === 'response' || given.default === undefined || isDeepStrictEqual(given.default, accepted.default)
    ? []
    : [`${place}: default ${JSON.stringify(given.default)} → ${JSON.stringify(accepted.default)}`];

/** From the state before to the state after, whichever of the two gives. */
function change(given: unknown, accepted: unknown, { direction }: At): string {
  const [before, after] = direction === 'request' ? [given, accepted] : [accepted, given];
  return `${JSON.stringify(before) ?? 'none'} → ${JSON.stringify(after) ?? 'none'}`;
}
