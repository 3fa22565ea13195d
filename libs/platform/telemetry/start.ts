import type { Env } from '../config/env.js';
import type { Report, Telemetry } from './telemetry.js';

const OFF: Telemetry = { shutdown: () => Promise.resolve() };
let isOn = false;

/** Whether spans and metrics go anywhere. What exists only to make them is not even installed otherwise. */
export const telemetryIsOn = (): boolean => isOn;

/**
 * Call it before the application is imported: meters that are asked for earlier stay empty.
 * Without a collector nothing is loaded, patched or measured.
 */
export async function startTelemetry(env: Env, report: Report = () => undefined): Promise<Telemetry> {
  if (env.OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return OFF;

  const { startSdk } = await import('./sdk.js');
  const sdk = startSdk(env, env.OTEL_EXPORTER_OTLP_ENDPOINT, report);
  isOn = true;
  return {
    shutdown: async () => {
      isOn = false;
      await sdk.shutdown();
    },
  };
}
