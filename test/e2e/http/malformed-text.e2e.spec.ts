import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Account, signUpOnlyAdministrator } from '#platform/testing/system/administration.js';
import { fromElsewhere } from '#platform/testing/system/people.js';
import { type System, startSystem } from '#platform/testing/system/system.js';

/* Every text that openapi.json takes, one at a time, while everything beside it is in order: nothing may break, whatever it reaches. */
type Schema = Readonly<{
  type?: string | string[];
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  minimum?: number;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  items?: Schema;
}>;
type Parameter = Readonly<{ name: string; in: string; schema: Schema }>;
type Operation = Readonly<{
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}>;
type Call = Readonly<{ method: string; path: string; body: unknown }>;

const document = JSON.parse(readFileSync(new URL('../../../openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, ...operation })),
);

const HALF_A_PAIR = '\ud800';
const CANDIDATES = ['users', 'EUR', 'a'.repeat(43)];

const FORMATS: Readonly<Record<string, () => string>> = {
  email: () => `${randomUUID()}@example.test`,
  uuid: () => randomUUID(),
  'date-time': () => new Date(Date.now() + 86_400_000).toISOString(),
};

/** One that the schema accepts. */
function sampleOf(schema: Schema = {}): unknown {
  const { type, properties, items, minimum, anyOf } = schema;
  if (anyOf) return sampleOf(anyOf[0]);
  switch ([type].flat()[0]) {
    case 'object':
      return Object.fromEntries(Object.entries(properties ?? {}).map(([name, inner]) => [name, sampleOf(inner)]));
    case 'array':
      return [sampleOf(items)];
    case 'string':
      return textFor(schema);
    default:
      return minimum ?? 1;
  }
}

function textFor({ format = '', pattern, enum: choices = [], const: only }: Schema): unknown {
  const choice = only ?? choices[0] ?? FORMATS[format]?.();
  return choice ?? (pattern ? CANDIDATES.find((text) => new RegExp(pattern).test(text)) : 'correct horse battery');
}

/** Copies of a body, each with one of its texts spoiled. */
function spoiled(body: unknown, spoil: (text: string) => string): unknown[] {
  if (typeof body === 'string') return [spoil(body)];
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, inner]) =>
    spoiled(inner, spoil).map((value) =>
      Array.isArray(body) ? body.with(Number(name), value) : { ...body, [name]: value },
    ),
  );
}

function callsOf({ method, path, parameters = [], requestBody }: (typeof operations)[number]): Call[] {
  const body = requestBody && sampleOf(Object.values(requestBody.content)[0]?.schema);
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  const address = (evil?: string) =>
    path.replace(/\{(\w+)\}/g, (_, name) =>
      name === evil ? 'a%00b' : String(sampleOf(inPath.find((one) => one.name === name)?.schema)),
    );
  const bodies = [
    ...spoiled(body, (text) => `${text}\0`),
    ...spoiled(body, (text) => HALF_A_PAIR + text),
    ...(body ? [{ ...body, [HALF_A_PAIR]: 1 }] : []),
  ];
  return [
    ...inPath.map(({ name }) => ({ method, path: address(name), body })),
    ...parameters
      .filter((parameter) => parameter.in === 'query')
      .map(({ name }) => ({ method, path: `${address()}?${name}=a%00b`, body })),
    ...bodies.map((one) => ({ method, path: address(), body: one })),
  ];
}

let system: System;
let admin: Account;
beforeAll(async () => {
  system = await startSystem();
  admin = await signUpOnlyAdministrator(system);
});
afterAll(() => system.stop());

describe('text that is none', () => {
  it.each(
    operations
      .map((operation) => ({ ...operation, calls: callsOf(operation) }))
      .filter(({ calls }) => calls.length > 0),
  )('breaks nothing: $method $path', async ({ calls }) => {
    for (const { method, path, body } of calls) {
      const headers = { ...fromElsewhere().headers, 'idempotency-key': randomUUID() };
      const answer = await system.client.send(method, path, { body, headers, token: admin.token });

      expect([method, path, body, answer.status, answer.status < 500]).toEqual([
        method,
        path,
        body,
        answer.status,
        true,
      ]);
    }
  });
});
