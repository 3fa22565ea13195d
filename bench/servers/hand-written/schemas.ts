import { STATUS_CODES } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { traceIdOf } from './telemetry.ts';

const text = { type: 'string' } as const;
const timestamp = { type: 'string', format: 'date-time' } as const;

/** Fastify compiles both: Ajv for what comes in, fast-json-stringify for what goes out. */
export const parcelSchema = {
  params: {
    type: 'object',
    required: ['id'],
    additionalProperties: false,
    properties: { id: { type: 'string', format: 'uuid' } },
  },
  response: {
    200: {
      type: 'object',
      properties: {
        data: {
          type: 'object',
          properties: {
            id: text,
            contents: {
              type: 'array',
              items: { type: 'object', properties: { what: text, count: { type: 'integer' } } },
            },
            status: text,
            sentAt: timestamp,
          },
        },
      },
    },
  },
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
