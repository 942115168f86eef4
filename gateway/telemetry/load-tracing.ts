/** Loads the SDK of OpenTelemetry if traces are asked for, and nothing of it otherwise. */
import type { Logger } from 'pino';
import type { Tracing } from './tracing/start-tracing.ts';

export type { Tracing };

/** Undefined if `isOn` is false. */
export async function loadTracing(isOn: boolean, log: Pick<Logger, 'warn'>): Promise<Tracing | undefined> {
  if (!isOn) return undefined;
  const { startTracing } = await import('./tracing/start-tracing.ts');
  return startTracing(log);
}
