import { NestFactory } from '@nestjs/core';
import type { Env } from '#platform/config/env.js';
import { Command } from '#platform/kernel/command.js';
import { createLogger } from '#platform/logging/logger.js';
import { nestLogger } from '#platform/logging/nest-logger.js';
import { AdminModule } from './admin.module.js';

/** The command on real connections, which are closed again. Returns what it has to tell. */
export async function createAdministrator(env: Env, email: string): Promise<string> {
  const context = await NestFactory.createApplicationContext(AdminModule.forRoot(env), {
    logger: nestLogger(createLogger(env)),
    abortOnError: false,
  });
  try {
    return await context.get<Command<{ email: string }>>(Command, { strict: false }).execute({ email });
  } finally {
    await context.close();
  }
}
