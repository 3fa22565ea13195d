import compress from '@fastify/compress';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Env } from '../config/env.js';
import { inWorkload } from '../database/pool/workload.js';
import { basePathOf, leadBelowBasePath } from '../http/address/base-path.js';
import { requireHost } from '../http/address/host.js';
import { refuseUnknownAddresses } from '../http/address/unknown-addresses.js';
import { sendEnvelopes } from '../http/answers/responses.js';
import { BodyBudget } from '../http/body/body-budget.js';
import { limitBodies } from '../http/body/body-limit.decorator.js';
import { acceptFiles } from '../http/body/file-forms.js';
import { acceptForms } from '../http/body/form-bodies.js';
import { expectBodies } from '../http/body/incoming-body.js';
import { acceptJsonOnly } from '../http/body/json-bodies.js';
import { DeprecatedCalls } from '../http/deprecation/deprecated-calls.js';
import { announceDeprecations } from '../http/deprecation/deprecated-routes.js';
import { allowOrigins } from '../http/headers/cross-origin.js';
import { echoRequestId } from '../http/headers/request-id.js';
import { setSecurityHeaders } from '../http/headers/security-headers.js';
import { type Cursors, decodeCursors } from '../http/input/cursors.js';
import { requireDeclaredAccess } from '../http/routes/declared-access.js';
import { startTogether } from '../http/start-together.js';
import { unavailable } from '../kernel/errors/service-unavailable.js';
import { logRequests } from '../logging/request-log.js';
import { rememberRequests } from '../request/current-request.js';
import { traceRequests } from '../telemetry/request-tracing.js';
import type { Admission } from './admission.js';

type Parts = Readonly<{ env: Env; logger: Logger; admission: Admission; cursors: Cursors }>;

/** Answers smaller than this fit into one packet anyway. */
const COMPRESS_FROM_BYTES = 1_400;

/**
 * A request's way through, in order. Everything cross-cutting is a Fastify hook: it costs less than its counterpart in Nest
 * and also sees what never reaches Nest. Must run before the routes are registered.
 */
export async function installPipeline(
  fastify: FastifyInstance,
  { env, logger, admission, cursors }: Parts,
): Promise<void> {
  requireDeclaredAccess(fastify);
  limitBodies(fastify, env.BODY_LIMIT);
  acceptJsonOnly(fastify);
  acceptForms(fastify);
  acceptFiles(fastify);

  expectBodies(fastify, new BodyBudget(env.BODY_LIMIT_TOTAL));
  startTogether(fastify);
  traceRequests(fastify);
  rememberRequests(fastify);
  shareConnections(fastify);
  logRequests(fastify, logger);
  echoRequestId(fastify);
  setSecurityHeaders(fastify);
  await allowOrigins(fastify, env.CORS_ORIGINS);
  await fastify.register(underPressure, {
    maxEventLoopDelay: env.EVENT_LOOP_DELAY_LIMIT,
    pressureHandler: ({ routeOptions }) => {
      if (routeOptions.config.rateLimit !== false) throw unavailable('event-loop');
    },
  });
  requireHost(fastify);
  admission.install(fastify);
  refuseUnknownAddresses(fastify);
  decodeCursors(fastify, cursors);
  announceDeprecations(fastify, env, new DeprecatedCalls(logger));
  sendEnvelopes(fastify, cursors);
  leadBelowBasePath(fastify, basePathOf(env.PUBLIC_URL));
  await fastify.register(compress, { threshold: COMPRESS_FROM_BYTES, encodings: ['gzip', 'deflate'] });
}

/** Each route is a workload: whatever waits on one of them leaves connections to the others. */
function shareConnections(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', ({ routeOptions }, _reply, done) => inWorkload(routeOptions.config, done));
}
