import { applyDecorators, HttpCode } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import { ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { routeConfig } from '../routes/route-config.js';
import { headerRefs } from './documented-headers.js';

// What a route returns is known to its controller only; the decorator passes it on unseen.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Derive = (result: any) => string;

type Options = Readonly<{
  /** The controller returns a kernel `Page`; the answer is a list with `meta.page`. */
  page?: boolean;
  /** Path of what was created, for the Location header. */
  location?: Derive;
  /** Seconds after which it may be worth to ask again, for the Retry-After header; null when it is not. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  retryAfter?: (result: any) => number | null;
  /** Version of what is returned: becomes a strong ETag, and answers If-None-Match (RFC 9110, section 13.1.2). */
  etag?: Derive;
}>;

declare module 'fastify' {
  interface FastifyContextConfig {
    returns?: Options;
  }
}

const page = z
  .object({
    limit: z.int().meta({ examples: [20] }),
    nextCursor: z
      .string()
      .nullable()
      .meta({ examples: ['eyJhZnRlciI6IjAxOTc'], description: 'Null on the last page.' }),
  })
  .meta({ id: 'PageInfo' });
const pageMeta = z.object({ page }).meta({ id: 'PageMeta' });

/**
 * The one successful answer of a route: its status and the shape of its `data`. A field that is missing in the schema
 * is never sent, whatever the entity grows later. Without a schema the answer has no body.
 */
export function Returns(status: number, schema?: z.ZodType, options: Options = {}): MethodDecorator {
  if (!schema) {
    return applyDecorators(
      HttpCode(status),
      routeConfig({ returns: options }),
      ApiResponse({ status, description: 'Done.' }),
    );
  }
  const envelope = envelopeOf(schema, options.page === true);
  return applyDecorators(
    HttpCode(status),
    routeConfig({ returns: options }),
    RouteSchema({ response: { [status]: envelope } }),
    ApiResponse({ status, description: 'Success.', standardSchema: envelope, headers: documentedHeaders(options) }),
  );
}

/** `OrderPage`, `OrderList` or `OrderResponse`, where what it holds is an `Order`. */
function envelopeOf(schema: z.ZodType, isPage: boolean): z.ZodType {
  if (isPage) return named(z.object({ data: z.array(schema), meta: pageMeta }), schema, 'Page');
  const envelope = z.object({ data: schema });
  const isOfUnnamed = schema instanceof z.ZodArray && z.globalRegistry.get(schema)?.id === undefined;
  return isOfUnnamed ? named(envelope, schema.element, 'List') : named(envelope, schema, 'Response');
}

function named(envelope: z.ZodType, content: unknown, suffix: string): z.ZodType {
  const { id } = z.globalRegistry.get(content as z.ZodType) ?? {};
  return id === undefined ? envelope : envelope.meta({ id: `${id}${suffix}` });
}

const documentedHeaders = ({ location, etag, retryAfter }: Options) =>
  headerRefs([
    ...(location ? ['Location' as const] : []),
    ...(etag ? ['ETag' as const] : []),
    ...(retryAfter ? ['Retry-After' as const] : []),
  ]);
