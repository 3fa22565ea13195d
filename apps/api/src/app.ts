import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Env } from '#platform/config/env.js';
import { servesDocs } from '#platform/config/served-pages.js';
import { createLogger } from '#platform/logging/logger.js';
import { nestLogger } from '#platform/logging/nest-logger.js';
import { serveDocs } from '#platform/openapi/docs.js';
import { createHttpApp } from '#platform/pipeline/http-app.js';
import { ApiModule } from './api.module.js';

/** The real application without a port and without a connection: `init` or `listen` opens those. */
export async function createApp(env: Env, more: readonly Type[] = []): Promise<NestFastifyApplication> {
  const logger = createLogger(env);
  const app = await createHttpApp(env, logger, (adapter) =>
    NestFactory.create<NestFastifyApplication>(ApiModule.forRoot(env, more), adapter, {
      bodyParser: false,
      logger: nestLogger(logger),
      abortOnError: false,
    }),
  );
  if (servesDocs(env)) serveDocs(app);
  return app;
}
