import { STATUS_CODES } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { traceIdOf } from './telemetry.ts';

const text = { type: 'string' } as const;
const timestamp = { type: 'string', format: 'date-time' } as const;

const contents = {
  type: 'array',
  items: { type: 'object', properties: { what: text, count: { type: 'integer' } } },
} as const;
const answer = {
  type: 'object',
  properties: {
    data: { type: 'object', properties: { id: text, contents, status: text, sentAt: timestamp } },
  },
} as const;

/** Fastify compiles both: Ajv for what comes in, fast-json-stringify for what goes out. */
export const parcelSchema = {
  params: {
    type: 'object',
    required: ['id'],
    additionalProperties: false,
    properties: { id: { type: 'string', format: 'uuid' } },
  },
  response: { 200: answer },
};

export const sendSchema = {
  body: {
    type: 'object',
    required: ['contents'],
    additionalProperties: false,
    properties: {
      contents: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['what', 'count'],
          additionalProperties: false,
          properties: {
            what: { type: 'string', minLength: 1, maxLength: 100 },
            count: { type: 'integer', minimum: 1 },
          },
        },
      },
    },
  },
  response: { 201: answer },
};

export function problem(status: number, code: string, request: FastifyRequest) {
  return {
    type: `${process.env['PUBLIC_URL']}/errors/${code.toLowerCase().replaceAll('_', '-')}`,
    title: STATUS_CODES[status],
    status,
    code,
    instance: request.url.split('?', 1)[0],
    traceId: traceIdOf(request),
    requestId: request.id,
  };
}
