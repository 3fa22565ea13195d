import { isDeepStrictEqual } from 'node:util';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { z } from 'zod';
import { ACCESS_COOKIE } from '../auth/requests/session-cookies.js';
import { Config } from '../config/config.js';
import { HEADERS } from '../http/answers/documented-headers.js';
import type { OperationObject, ResponseObjects } from '../http/answers/openapi-types.js';
import type { Tag } from '../http/routes/tag.decorator.js';
import { jsonSchema } from './body.js';
import { DESCRIPTION } from './components.js';
import { declaredHandlers, operationId } from './handlers.js';
import { completeOperation } from './operation.js';
import { nameProblems } from './problem-names.js';
import { FIELD_ERROR, PROBLEM } from './problem-schema.js';

/** Of the contract, not of the build: it changes when the paths do. */
const API_VERSION = '1';
/** By its SPDX identifier, of which @nestjs/swagger knows nothing. */
const LICENSE = { name: 'MIT', identifier: 'MIT' };

const COOKIE = 'Of a sign-in with `"transport": "cookie"`. Everything but GET also needs X-CSRF-Token and Origin.';

/** OpenAPI 3.1 from the same schemas that validate and serialize, with every problem a caller has to reckon with. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const document = documentOfNest(app);
  const handlers = declaredHandlers(app);
  const sharedProblems: ResponseObjects = {};
  const tags = new Map<string, Tag>();

  for (const path of Object.values(document.paths)) {
    for (const [method, operation] of Object.entries(path as Record<string, OperationObject>)) {
      const handler = handlers.get(operation.operationId ?? '') ?? { config: {} };
      completeOperation(method, operation, handler, sharedProblems);
      if (handler.tag) tags.set(handler.tag.name, handler.tag);
    }
  }

  document.tags = [...tags.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  document.info = { ...document.info, license: LICENSE };
  document.components = { ...document.components, headers: HEADERS, responses: sortedByName(sharedProblems) };
  const problems = nameProblems(document);
  document.components.schemas = sortedByName({
    ...document.components.schemas,
    ...problems,
    Problem: PROBLEM,
    FieldError: FIELD_ERROR,
  });
  return document;
}

/** What @nestjs/swagger finds out by itself: paths, parameters, bodies and declared answers. */
function documentOfNest(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Backend Core Kit')
    .setDescription(DESCRIPTION)
    .setVersion(API_VERSION)
    .setOpenAPIVersion('3.1.1')
    .addServer(app.get(Config).PUBLIC_URL)
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'bearer')
    .addCookieAuth(ACCESS_COOKIE, { type: 'apiKey', description: COOKIE }, 'cookie')
    .build();
  const named = new Map<string, unknown>();
  return SwaggerModule.createDocument(app, config, {
    standardSchemaConverter: (schema, { schemaType }) => {
      const converted = jsonSchema(schema as z.ZodType, schemaType);
      for (const [name, component] of Object.entries(converted.components)) requireSame(named, name, component);
      return converted;
    },
    operationIdFactory: operationId,
  });
}

/** @throws Error when two schemas have one name: clients would get the type of the last one for both */
function requireSame(named: Map<string, unknown>, name: string, component: unknown): void {
  if (!isDeepStrictEqual(named.get(name) ?? component, component)) throw new Error(`Two schemas are named ${name}.`);
  named.set(name, component);
}

/** Sorted, so the document does not depend on the order of modules. */
const sortedByName = <Component>(components: Record<string, Component>): Record<string, Component> =>
  Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1)));
