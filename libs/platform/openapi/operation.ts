import type { FastifyContextConfig } from 'fastify';
import { headerRefs } from '../http/answers/documented-headers.js';
import type {
  OperationObject,
  ParameterObject,
  ResponseObject,
  ResponseObjects,
} from '../http/answers/openapi-types.js';
import { isPermission } from '../http/routes/access.decorators.js';
import { completeBody } from './body.js';
import { documentDeprecation, headersOfDeprecation } from './deprecation.js';
import type { Handler } from './handlers.js';
import { errorsOf, type Input, problemResponses } from './problems.js';

/** RFC 9110, section 13.1.2. */
const IF_NONE_MATCH: ParameterObject = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'ETags of versions at hand: if the current one is among them, the answer is 304 and has no body.',
  schema: { type: 'string' },
};
const NOT_MODIFIED: ResponseObject = { description: 'Not modified.', headers: headerRefs(['ETag']) };

/**
 * Adds what Nest cannot know of an operation: who may call it, which headers its answers carry and which problems it answers with.
 * Problems that operations share are collected in `sharedProblems`.
 */
export function completeOperation(
  method: string,
  operation: OperationObject,
  { config, tag }: Handler,
  sharedProblems: ResponseObjects,
): void {
  const input = inputOf(method, operation);
  const hasVersions = method === 'get' && (config.returns?.etag ?? config.caching) !== undefined;

  if (tag) operation.tags = [tag.name];
  documentAccess(operation, config);
  if (config.deprecation) documentDeprecation(operation, config.deprecation);
  completeBody(operation);
  if (hasVersions) operation.parameters = [...(operation.parameters ?? []), IF_NONE_MATCH];

  const declared = { ...operation.responses, ...(hasVersions && { 304: NOT_MODIFIED }) };
  const isIdempotent = hasParameter(operation, 'Idempotency-Key');
  const answers = Object.entries(declared).map(([status, response]) => [
    status,
    withHeaders(status, response as ResponseObject, config, isIdempotent),
  ]);
  // Problems name their own headers.
  operation.responses = {
    ...Object.fromEntries(answers),
    ...problemResponses(errorsOf(input, config), sharedProblems),
  };
}

function inputOf(method: string, { requestBody, parameters = [] }: OperationObject): Input {
  const places = new Set(parameters.map((parameter) => ('in' in parameter ? parameter.in : '')));
  return {
    method,
    hasBodySchema: requestBody !== undefined,
    hasPathParameters: places.has('path'),
    hasQuery: places.has('query'),
  };
}

function documentAccess(operation: OperationObject, { access = 'public', recentSignIn }: FastifyContextConfig): void {
  operation.security = access === 'public' ? [] : [{ bearer: [] }, { cookie: [] }];
  const sentences = [
    operation.description,
    ...(isPermission(access) ? [`Requires the permission \`${access.name}\`.`] : []),
    ...(access === 'authenticated' ? ['For signed-in users, not for API keys.'] : []),
    ...(recentSignIn === true ? ['Asks for a recent sign-in.'] : []),
  ].filter((sentence) => sentence !== undefined && sentence !== '');
  if (sentences.length > 0) operation.description = sentences.join('\n\n');
}

const hasParameter = ({ parameters = [] }: OperationObject, wanted: string): boolean =>
  parameters.some((parameter) => 'name' in parameter && parameter.name === wanted);

function withHeaders(
  status: string,
  response: ResponseObject,
  { rateLimit, caching, deprecation }: FastifyContextConfig,
  isIdempotent: boolean,
): ResponseObject {
  const headers = {
    ...response.headers,
    ...(caching && headerRefs(['ETag'])),
    ...headerRefs(['X-Request-Id']),
    ...(rateLimit !== false && headerRefs(['RateLimit', 'RateLimit-Policy'])),
    ...(status === '302' && headerRefs(['Location'])),
    ...(status === '503' && headerRefs(['Retry-After'])),
    ...(isIdempotent && headerRefs(['Idempotency-Replayed'])),
    ...(deprecation && headersOfDeprecation(deprecation)),
  };
  return { ...response, headers };
}
