import { ConsoleLogger, Logger } from '@nestjs/common';
import { context, diag, logs, metrics, propagation, trace } from '@opentelemetry/api';
import { vi } from 'vitest';

// Before each spec file. Definitions register themselves when their module is loaded, and what one file defines is no business of the next.
vi.resetModules();
// A process starts telemetry and an application once, and these packages hold on to it.
for (const api of [trace, metrics, context, propagation, diag, logs]) api.disable();
Logger.detachBuffer();
Logger.overrideLogger(new ConsoleLogger());
