/** Variables of traces and of the access log. */

type Environment = Readonly<Record<string, string | undefined>>;

/** The exporter that the gateway has. */
const PROTOCOL = 'http/json';

/**
 * True if the standard variables of OpenTelemetry ask for traces: an endpoint is set, or `OTEL_TRACES_EXPORTER` is
 * `otlp`. The SDK reads the rest of them by itself.
 */
export function readTracing(env: Environment, faults: string[]): boolean {
  const exporter = env.OTEL_TRACES_EXPORTER || undefined;
  const endpoint = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || env.OTEL_EXPORTER_OTLP_ENDPOINT || undefined;
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === 'true' || exporter === 'none') return false;
  if (exporter === undefined && endpoint === undefined) return false;
  if (exporter !== undefined && exporter !== 'otlp')
    faults.push(`OTEL_TRACES_EXPORTER is "${exporter}"; expected otlp or none.`);
  const protocol = env.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL || env.OTEL_EXPORTER_OTLP_PROTOCOL || PROTOCOL;
  if (protocol !== PROTOCOL) faults.push(`OTEL_EXPORTER_OTLP_PROTOCOL is "${protocol}"; expected ${PROTOCOL}.`);
  if (endpoint !== undefined && !(/^https?:\/\//.test(endpoint) && URL.canParse(endpoint)))
    faults.push(`OTEL_EXPORTER_OTLP_ENDPOINT is "${endpoint}"; expected the http(s) address of a collector.`);
  return true;
}

/** `--access-log`, then `ACCESS_LOG`. */
export function readAccessLog(flag: boolean | undefined, env: Environment, faults: string[]): boolean {
  const value = env.ACCESS_LOG;
  if (value && value !== 'true' && value !== 'false') faults.push(`ACCESS_LOG is "${value}"; expected true or false.`);
  return flag ?? value === 'true';
}
