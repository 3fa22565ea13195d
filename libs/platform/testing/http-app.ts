import type { ClassProvider, ModuleMetadata, Provider, ValueProvider } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Refusals } from '../audit/refusals.js';
import { Authentication } from '../auth/requests/authentication.js';
import { RecentSignIns } from '../auth/sessions/recent-sign-ins.js';
import { ConfigModule } from '../config/config.module.js';
import { loadEnv } from '../config/load-env.js';
import { StoredAnswers } from '../http/idempotency/stored-answers.js';
import { Cursors } from '../http/input/cursors.js';
import { ErrorsController } from '../http/problems/errors.controller.js';
import { RateLimiter } from '../http/rate-limit/rate-limiter.js';
import { RateLimits } from '../http/rate-limit/rate-limits.js';
import { type Used, WindowCounters } from '../http/rate-limit/window-counters.js';
import type { Principal } from '../kernel/access/principal.js';
import { Audit } from '../kernel/audit.js';
import { Flags } from '../kernel/flags.js';
import { Transaction } from '../kernel/transaction.js';
import { createLogger } from '../logging/logger.js';
import { Admission } from '../pipeline/admission.js';
import { createHttpApp } from '../pipeline/http-app.js';
import { DeclaredFlags } from './doubles/declared-flags.js';
import { ImmediateTransaction } from './doubles/immediate-transaction.js';
import { RecordedAudit } from './doubles/recorded-audit.js';
import { aValidEnv } from './env.factory.js';
import { aPrincipal } from './principal.factory.js';

/**
 * Controllers, or the modules of features, behind the real pipeline, called by `principal`. Nothing listens, and no server is needed.
 * Every module sees `providers`; what one of them provides as another thing, such as a repository, is replaced.
 */
export async function httpApp(
  { controllers = [], imports = [], providers = [] }: ModuleMetadata,
  principal = aPrincipal(),
  environment: Record<string, string> = {},
): Promise<NestFastifyApplication> {
  const env = loadEnv(aValidEnv(environment));
  const platform = [...platformFor(principal), ...providers];
  const app = await createHttpApp(env, createLogger(env, { write: () => undefined }), async (adapter) => {
    const builder = Test.createTestingModule({
      controllers: [ErrorsController, ...controllers],
      imports: [
        ConfigModule.forRoot(env),
        { module: class Platform {}, global: true, imports, providers: platform, exports: platform },
        ...imports,
      ],
    });
    for (const double of providers.filter(isDouble)) {
      const replaced = builder.overrideProvider(double.provide);
      if ('useValue' in double) replaced.useValue(double.useValue);
      else replaced.useClass(double.useClass);
    }
    const testing = await builder.compile();
    return testing.createNestApplication<NestFastifyApplication>(adapter, { bodyParser: false });
  });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

const isDouble = (provider: Provider): provider is ClassProvider | ValueProvider =>
  'useValue' in provider || 'useClass' in provider;

/** What every route needs. */
const platformFor = (principal: Principal): Provider[] => [
  Admission,
  Cursors,
  RateLimiter,
  RateLimits,
  Refusals,
  { provide: Audit, useClass: RecordedAudit },
  { provide: WindowCounters, useClass: InMemoryWindowCounters },
  {
    provide: Authentication,
    useValue: { cachedPrincipal: () => principal } satisfies Pick<Authentication, 'cachedPrincipal'>,
  },
  {
    provide: RecentSignIns,
    useValue: { require: async () => undefined } satisfies Pick<RecentSignIns, 'require'>,
  },
  { provide: Flags, useClass: DeclaredFlags },
  { provide: StoredAnswers, useClass: ForgottenAnswers },
  { provide: Transaction, useClass: ImmediateTransaction },
];

/** Counts as Redis would, in a window that does not end. */
class InMemoryWindowCounters implements Pick<WindowCounters, 'hit'> {
  private readonly counts = new Map<string, number>();

  hit(key: string, _quota: number, windowSeconds: number): Used {
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    return { count, resetSeconds: windowSeconds };
  }
}

/** Every request is the first with its key: replays are the platform's affair and tested there. */
class ForgottenAnswers implements Pick<StoredAnswers, 'lockAndFind' | 'add'> {
  lockAndFind = async (): Promise<[boolean, null]> => [true, null];
  add = async () => undefined;
}
