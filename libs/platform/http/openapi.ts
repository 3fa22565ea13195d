import type { Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { FastifyContextConfig } from 'fastify';
import { z } from 'zod';
import { isPermission } from '../access/access.decorators.js';
import { ACCESS_COOKIE } from '../auth/session-cookies.js';
import { DESCRIPTION, headerRefs, HEADERS, PROBLEM } from './openapi-components.js';
import { errorsOf, type Input, problemResponses } from './openapi-problems.js';

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;
type ResponseObject = Exclude<NonNullable<OperationObject['responses'][string]>, { $ref: string }>;
type Responses = Parameters<typeof problemResponses>[1];
type SchemaObject = Exclude<NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string], { $ref: string }>;

/** Of the contract, not of the build: it changes when the paths do. */
const API_VERSION = '1';

/** On its way from a schema that accepts nothing at all to the body it describes; JSON Schema has no word for it. */
const MAY_BE_MISSING = 'x-may-be-missing';

/** OpenAPI 3.1 from the same schemas that validate and serialize, with every problem a caller has to reckon with. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Backend Core Kit')
    .setDescription(DESCRIPTION)
    .setVersion(API_VERSION)
    .setOpenAPIVersion('3.1.1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'bearer')
    .addCookieAuth(ACCESS_COOKIE, { type: 'apiKey', description: 'Of a sign-in with `"transport": "cookie"`. Everything but GET also needs X-CSRF-Token and Origin.' }, 'cookie')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    standardSchemaConverter: (schema, { schemaType }) => ({ schema: jsonSchema(schema as z.ZodType, schemaType) }),
    operationIdFactory: operationId,
  });
  const declared = declaredConfigs(app);
  const responses: Responses = {};
  for (const [method, operation] of Object.values(document.paths).flatMap((path) => Object.entries(path as Record<string, OperationObject>))) {
    completeOperation(method, operation, declared.get(operation.operationId ?? '') ?? {}, responses);
  }
  document.components = { ...document.components, schemas: { ...document.components?.schemas, Problem: PROBLEM }, headers: HEADERS, responses: byName(responses) };
  return document;
}

/** Not by who needed them first, which is as the modules come. */
const byName = (responses: Responses): Responses => Object.fromEntries(Object.entries(responses).sort(([a], [b]) => (a < b ? -1 : 1)));

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

function completeOperation(method: string, operation: OperationObject, config: FastifyContextConfig, responses: Responses): void {
  operation.tags ??= [operation.operationId?.split('.')[0] ?? ''];
  documentAccess(operation, config);
  completeBody(operation);
  const errors = errorsOf(inputOf(method, operation), config);
  if (method === 'get' && config.returns?.etag) documentRevalidation(operation);
  for (const [status, response] of Object.entries(operation.responses)) documentHeaders(status, response as ResponseObject, operation, config);
  Object.assign(operation.responses, problemResponses(errors, responses));
}

function documentAccess(operation: OperationObject, { access = 'public' }: FastifyContextConfig): void {
  if (access !== 'public') operation.security = [{ bearer: [] }, { cookie: [] }];
  if (isPermission(access)) operation.description = `Requires the permission \`${access}\`.`;
}

function inputOf(method: string, { requestBody, parameters = [] }: OperationObject): Input {
  const places = new Set(parameters.map((parameter) => ('in' in parameter ? parameter.in : '')));
  return { method, hasBodySchema: requestBody !== undefined, hasPathParameters: places.has('path'), hasQuery: places.has('query') };
}

/** RFC 9110, section 13.1.2. */
function documentRevalidation(operation: OperationObject): void {
  const description = 'ETags of versions at hand: if the current one is among them, the answer is 304 and has no body.';
  operation.parameters = [...(operation.parameters ?? []), { name: 'If-None-Match', in: 'header', required: false, description, schema: { type: 'string' } }];
  operation.responses[304] = { description: 'Not modified.', headers: headerRefs(['ETag']) };
}

function documentHeaders(status: string, response: ResponseObject, { parameters = [] }: OperationObject, { rateLimit }: FastifyContextConfig): void {
  const isIdempotent = parameters.some((parameter) => 'name' in parameter && parameter.name === 'Idempotency-Key');
  response.headers = {
    ...response.headers,
    ...headerRefs(['X-Request-Id']),
    ...(rateLimit !== false && headerRefs(['RateLimit', 'RateLimit-Policy'])),
    ...(status === '302' && headerRefs(['Location'])),
    ...(status === '503' && headerRefs(['Retry-After'])),
    ...(isIdempotent && headerRefs(['Idempotency-Replayed'])),
  };
}
