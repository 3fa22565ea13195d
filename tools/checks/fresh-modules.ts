import { ConsoleLogger, Logger } from '@nestjs/common';
import { context, diag, logs, metrics, propagation, trace } from '@opentelemetry/api';
import { vi } from 'vitest';

// Before each spec file. Definitions register themselves when their module is loaded, and what one file defines is no business of the next.
vi.resetModules();
// Packages are shared, so what a file spied upon there is put back, and the clock is the real one.
vi.restoreAllMocks();
vi.useRealTimers();
// The environment is the worker's own, as it got it.
const worker = globalThis as { environment?: NodeJS.ProcessEnv };
worker.environment ??= { ...process.env };
for (const name of Object.keys(process.env)) if (!(name in worker.environment)) delete process.env[name];
Object.assign(process.env, worker.environment);
// A process starts telemetry and an application once, and these packages hold on to it.
for (const api of [trace, metrics, context, propagation, diag, logs]) api.disable();
Logger.detachBuffer();
Logger.overrideLogger(new ConsoleLogger());
