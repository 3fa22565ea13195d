import type { OpenAPIObject } from '@nestjs/swagger';
import { expect, it } from 'vitest';
import { nameProblems } from './problem-names.js';

const answer = (...codes: string[]) => ({ content: { 'application/problem+json': { schema: { codes } } } });
const operation = (operationId: string, ...codes: string[]) => ({
  get: { operationId, responses: { 422: answer(...codes) } },
});

function setup() {
  const document = {
    paths: {
      '/a': operation('Things.list', 'VALIDATION_FAILED'),
      '/b': operation('Things.get', 'VALIDATION_FAILED'),
      '/c': operation('Things.place', 'THING_TOO_LARGE', 'VALIDATION_FAILED'),
      '/d': {
        get: { operationId: 'Things.find', responses: { 404: { $ref: '#/components/responses/THING_NOT_FOUND' } } },
      },
    },
    components: { responses: { THING_NOT_FOUND: answer('THING_NOT_FOUND') } },
  };
  return { document, named: nameProblems(document as unknown as OpenAPIObject) };
}

it('names what most operations answer after the status, other sets after their operation, and a code that stands alone after itself', () => {
  expect(setup().named).toEqual({
    Problem422: { codes: ['VALIDATION_FAILED'] },
    ThingsPlaceProblem422: { codes: ['THING_TOO_LARGE', 'VALIDATION_FAILED'] },
    ThingNotFoundProblem: { codes: ['THING_NOT_FOUND'] },
  });
});

it('leaves nothing but the names where the problems stood', () => {
  const { paths, components } = setup().document;

  expect(JSON.stringify([paths, components])).not.toContain('"codes"');
  expect(paths['/c'].get?.responses).toEqual({
    422: {
      content: {
        'application/problem+json': { schema: { $ref: '#/components/schemas/ThingsPlaceProblem422' } },
      },
    },
  });
});
