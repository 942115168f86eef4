/** Options of the gateway in somebody's own Apollo Server → limits and forwarded headers. JavaScript checks no types. */
import { ConfigError } from '../config/config.ts';
import { withForwardedNames } from '../config/web-config.ts';
import { DEFAULT_LIMITS, LIMIT_RULES, type LimitName, type Limits } from '../model/limits.ts';

interface DropInOptions {
  readonly supergraph?: string | undefined;
  readonly supergraphFile?: string | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly forwardHeaders?: readonly string[] | undefined;
}

interface CheckedOptions {
  readonly limits: Limits;
  /** In lower case. */
  readonly forwardedHeaders: readonly string[];
}

/** Throws a `ConfigError` that lists every fault. */
export function checkDropInOptions({ supergraph, supergraphFile, ...options }: DropInOptions): CheckedOptions {
  const faults: string[] = [];
  if ((supergraph === undefined) === (supergraphFile === undefined))
    faults.push('createYiwangGateway takes "supergraph" (SDL) or "supergraphFile", one of them.');
  const limits = readLimits(options.limits ?? {}, faults);
  const names = (options.forwardHeaders ?? []).map((name) => name.toLowerCase());
  const forwardedHeaders = withForwardedNames('forwardHeaders', names, faults);
  if (faults.length > 0) throw new ConfigError(faults);
  return { limits, forwardedHeaders };
}

function readLimits(values: Partial<Limits>, faults: string[]): Limits {
  const limits: Record<LimitName, number> = { ...DEFAULT_LIMITS };
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    if (!isLimitName(name)) {
      faults.push(`limits.${name} is not a limit of the gateway.`);
      continue;
    }
    const { min, max, unit } = LIMIT_RULES[name];
    if (Number.isInteger(value) && value >= min && value <= max) limits[name] = value;
    else faults.push(`limits.${name} is ${value}; expected a whole number from ${min} to ${max} (${unit}).`);
  }
  return limits;
}

function isLimitName(name: string): name is LimitName {
  return Object.hasOwn(LIMIT_RULES, name);
}
