import { describe, expect, it } from 'vitest';
import { typesOfDocument } from './types-of-document.ts';

const KEY = { name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string' } };
const OTHER = { name: 'X-Other', in: 'header', required: true, schema: { type: 'string' } };
const responses = { 204: { description: 'Done.' } };
const body = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, size: { type: 'string', enum: ['small', 'large'], default: 'small' } },
};

const types = await typesOfDocument(
  JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: {
      '/things': {
        get: { parameters: [OTHER], responses },
        post: { parameters: [KEY], responses },
      },
      '/things/{id}': { put: { parameters: [OTHER, KEY], responses } },
    },
    components: { schemas: { Thing: body } },
  }),
);

describe('what the client knows of the API', () => {
  it('is which operations take an Idempotency-Key', () => {
    expect(types).toContain(`KEYED_OPERATIONS: readonly string[] = ["POST /things","PUT /things/{id}"];`);
  });

  it('is that callers need not give one, as they must give other headers', () => {
    expect([types.match(/"Idempotency-Key"\?: string;/g), types.match(/"X-Other": string;/g)]).toEqual([
      expect.objectContaining({ length: 2 }),
      expect.objectContaining({ length: 2 }),
    ]);
  });

  it('is what may be left out of a body: all that is not required, be there a default or not', () => {
    expect(types).toMatch(/name: string;[^]*?size\?: "small" \| "large";/);
  });
});
