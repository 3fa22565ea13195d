import { VersioningType } from '@nestjs/common';
import type { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { Refusals } from '../audit/refusals.js';
import type { Env } from '../config/env.js';
import { noteWrites, OwnWrites } from '../database/replicas/own-writes.js';
import { fastifyAdapter } from '../http/fastify-adapter.js';
import { Cursors } from '../http/input/cursors.js';
import { validationPipe } from '../http/input/validation.js';
import { ProblemFilter } from '../http/problems/problem.filter.js';
import { ProblemResponder } from '../http/problems/problem-responder.js';
import { requireKnownLimits } from '../http/rate-limit/rate-limits.js';
import { AllowedMethods } from '../http/routes/allowed-methods.js';
import { Admission } from './admission.js';
import { installPipeline } from './pipeline.js';

/** Creates the Nest application on the adapter it is given. */
type Create = (adapter: FastifyAdapter) => Promise<NestFastifyApplication>;

/** An application behind the whole pipeline, with nothing listening yet. Its module must import HttpModule and AuditModule. */
export async function createHttpApp(env: Env, logger: Logger, create: Create): Promise<NestFastifyApplication> {
  requireKnownLimits(env);
  const adapter: FastifyAdapter = fastifyAdapter(env, logger, (error, request, reply) =>
    problems.answer(error, request, reply),
  );
  const fastify = adapter.getInstance();
  const problems = new ProblemResponder(env.PUBLIC_URL, new AllowedMethods(fastify), logger, (...refusal) =>
    refusals.note(...refusal),
  );

  const app = await create(adapter);
  const refusals = app.get(Refusals);
  await installPipeline(fastify, { env, logger, admission: app.get(Admission), cursors: app.get(Cursors) });
  if (env.DATABASE_REPLICA_URL.length > 0) noteWrites(fastify, app.get(OwnWrites));
  app.enableVersioning({ type: VersioningType.URI });
  app.useGlobalPipes(validationPipe);
  app.useGlobalFilters(new ProblemFilter(problems));
  return app;
}
