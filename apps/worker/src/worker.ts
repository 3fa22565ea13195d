import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Env } from '#platform/config/env.js';
import { fastifyAdapter } from '#platform/http/fastify-adapter.js';
import { ProblemFilter } from '#platform/http/problems/problem.filter.js';
import { ProblemResponder } from '#platform/http/problems/problem-responder.js';
import { AllowedMethods } from '#platform/http/routes/allowed-methods.js';
import { createLogger } from '#platform/logging/logger.js';
import { nestLogger } from '#platform/logging/nest-logger.js';
import { WorkerModule } from './worker.module.js';

/** The real worker without a port: `init` or `listen` starts taking jobs. Its HTTP side is the health probes, nothing to protect. */
export async function createWorker(env: Env, more: readonly Type[] = []): Promise<NestFastifyApplication> {
  const logger = createLogger(env);
  const adapter = fastifyAdapter(env, logger, (error, request, reply) => problems.answer(error, request, reply));
  const problems = new ProblemResponder(env.PUBLIC_URL, new AllowedMethods(adapter.getInstance()), logger);

  const app = await NestFactory.create<NestFastifyApplication>(WorkerModule.forRoot(env, more), adapter, {
    logger: nestLogger(logger),
    abortOnError: false,
  });
  app.useGlobalFilters(new ProblemFilter(problems));
  return app;
}
