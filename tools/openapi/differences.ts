import { isDeepStrictEqual } from 'node:util';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type OpenApiDocument = { paths: Record<string, Record<string, Json>>; [key: string]: Json };

const LONGEST_VALUE = 80;

/** What changed between two OpenAPI documents, operation by operation, then in everything else. Empty when nothing did. */
export function differences(before: OpenApiDocument, after: OpenApiDocument): string[] {
  const [old, now] = [operationsOf(before), operationsOf(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  const rest = ({ paths: _, ...others }: OpenApiDocument): Json => others;

  return [
    ...names.flatMap((name) => changeOf(name, old.get(name), now.get(name))),
    ...changes('', rest(before), rest(after)).map((change) => `~ ${change}`),
  ];
}

function changeOf(name: string, old: Json | undefined, now: Json | undefined): string[] {
  if (old === undefined) return [`+ ${name}`];
  if (now === undefined) return [`- ${name}`];
  const found = changes('', old, now);
  return found.length > 0 ? [`~ ${name}`, ...found.map((change) => `    ${change}`)] : [];
}

/** By `GET /v1/orders`. */
function operationsOf({ paths }: OpenApiDocument): Map<string, Json> {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Json] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );
  return new Map(operations);
}

function changes(place: string, old: Json | undefined, now: Json | undefined): string[] {
  if (isDeepStrictEqual(old, now)) return [];
  if (old === undefined) return [`${place} added: ${shown(now)}`];
  if (now === undefined) return [`${place} removed: ${shown(old)}`];
  if (!isBranch(old) || !isBranch(now)) return [`${place}: ${shown(old)} → ${shown(now)}`];

  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return keys.flatMap((key) => changes(place === '' ? key : `${place}.${key}`, old[key], now[key]));
}

const isBranch = (value: Json): value is Record<string, Json> => typeof value === 'object' && value !== null;

function shown(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
