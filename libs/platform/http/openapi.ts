import type { Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { FastifyContextConfig } from 'fastify';
import { z } from 'zod';
import { isPermission } from '../access/access.decorators.js';
import { AuthenticationRequired, CsrfTokenInvalid, OriginNotAllowed } from '../auth/auth.errors.js';
import type { AppErrorClass } from '../kernel/app-error.js';
import { PermissionDenied } from '../kernel/principal.js';
import { CursorInvalid } from './cursors.js';
import { InternalError, MalformedRequest, ServiceUnavailable, statusOf, ValidationFailed } from './http.errors.js';
import { RateLimitExceeded } from './rate-limit/rate-limiter.js';

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;
type SchemaObject = Exclude<NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string], { $ref: string }>;

/** Of the contract, not of the build: it changes when the paths do. */
const API_VERSION = '1';

/** On its way from a schema that accepts nothing at all to the body it describes; JSON Schema has no word for it. */
const MAY_BE_MISSING = 'x-may-be-missing';

/** OpenAPI 3.1 from the same schemas that validate and serialize, with every problem a caller has to reckon with. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Backend Core Kit')
    .setVersion(API_VERSION)
    .setOpenAPIVersion('3.1.1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'bearer')
    .addCookieAuth('__Host-session', { type: 'apiKey', description: 'Of a sign-in with `"transport": "cookie"`. Everything but GET also needs X-CSRF-Token and Origin.' }, 'cookie')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    standardSchemaConverter: (schema, { schemaType }) => ({ schema: jsonSchema(schema as z.ZodType, schemaType) }),
    operationIdFactory: operationId,
  });
  const declared = declaredConfigs(app);
  document.components = { ...document.components, schemas: { ...document.components?.schemas, Problem: PROBLEM } };
  for (const [method, operation] of Object.values(document.paths).flatMap((path) => Object.entries(path as Record<string, OperationObject>))) {
    completeOperation(method, operation, declared.get(operation.operationId ?? '') ?? {});
  }
  return document;
}

const operationId = (controller: string, method: string): string => `${controller.replace(/Controller$/, '')}.${method}`;

/** What the decorators put on each handler, by operation id: there before the routes are registered. */
function declaredConfigs(app: NestFastifyApplication): ReadonlyMap<string, FastifyContextConfig> {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  return new Map(
    controllers.flatMap(({ metatype }) => {
      const handlers = (metatype as Type).prototype;
      return Object.getOwnPropertyNames(handlers).map((method): [string, FastifyContextConfig] => [
        operationId((metatype as Type).name, method),
        Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, handlers[method] as object) ?? {},
      ]);
    }),
  );
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output' = 'input'): SchemaObject {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' });
  const mayBeMissing = io === 'input' && schema.safeParse(undefined).success;
  return { ...rest, ...(mayBeMissing && { [MAY_BE_MISSING]: true }) } as SchemaObject;
}

function completeBody({ requestBody }: OperationObject): void {
  if (requestBody === undefined || '$ref' in requestBody) return;
  for (const { schema } of Object.values(requestBody.content)) {
    if (schema === undefined || !(MAY_BE_MISSING in schema)) continue;
    delete schema[MAY_BE_MISSING];
    requestBody.required = false;
  }
}

function completeOperation(method: string, operation: OperationObject, config: FastifyContextConfig): void {
  const { access = 'public' } = config;
  operation.tags ??= [operation.operationId?.split('.')[0] ?? ''];
  if (access !== 'public') operation.security = [{ bearer: [] }, { cookie: [] }];
  if (isPermission(access)) operation.description = `Requires the permission \`${access}\`.`;
  completeBody(operation);
  documentProblems(operation, [...errorsOfCaller(config), ...errorsOfCookies(method, config), ...errorsOfInput(operation, config), InternalError]);
}

function errorsOfCaller({ access = 'public', rateLimit }: FastifyContextConfig): AppErrorClass[] {
  return [
    ...(access === 'public' ? [] : [AuthenticationRequired]),
    ...(isPermission(access) || access === 'authenticated' ? [PermissionDenied] : []),
    ...(rateLimit === false ? [] : [RateLimitExceeded, ServiceUnavailable]),
  ];
}

function errorsOfCookies(method: string, { access = 'public' }: FastifyContextConfig): AppErrorClass[] {
  return access === 'public' || method === 'get' ? [] : [OriginNotAllowed, CsrfTokenInvalid];
}

function errorsOfInput({ requestBody, parameters = [] }: OperationObject, { returns, throws = [] }: FastifyContextConfig): AppErrorClass[] {
  return [
    ...throws,
    ...(requestBody ? [MalformedRequest] : []),
    ...(requestBody || parameters.length > 0 ? [ValidationFailed] : []),
    ...(returns?.page ? [CursorInvalid] : []),
  ];
}

/** One response for each status, with the codes that share it. */
function documentProblems(operation: OperationObject, errors: readonly AppErrorClass[]): void {
  const byStatus = Map.groupBy(new Set(errors), ({ definition }) => statusOf(definition));
  for (const [status, group] of [...byStatus].sort(([a], [b]) => a - b)) {
    const codes = group.map(({ definition }) => `\`${definition.code}\`: ${definition.title}`).sort();
    operation.responses[status] = {
      description: codes.join(' · '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
}

/** RFC 9457, with the members every problem of this API has. */
const PROBLEM: SchemaObject = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'traceId', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri', description: 'Leads to the documentation of this kind of problem.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What happened this time.' },
    instance: { type: 'string', format: 'uri-reference' },
    code: { type: 'string', description: 'What programs branch on.' },
    traceId: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        properties: { pointer: { type: 'string', description: 'JSON Pointer into the request.' }, code: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
};
