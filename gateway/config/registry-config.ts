/** Environment → where the supergraph comes from: a file, or the registry. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

export interface RegistryConfig {
  /** True: the gateway serves the promoted version of the registry. */
  readonly follows: boolean;
  /** File with the public keys of publishers (JWKS); undefined: the key of the data folder. */
  readonly publishersFile: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What becomes of a platform whose schema breaks the standard. */
export type SchemaChecks = 'enforce' | 'observe' | 'off';

export function readSchemaChecks(value: string | undefined, faults: string[]): SchemaChecks {
  switch (value || 'enforce') {
    case 'enforce':
      return 'enforce';
    case 'observe':
      return 'observe';
    case 'off':
      return 'off';
    default:
      faults.push(`SCHEMA_CHECKS is "${value}"; expected enforce, observe or off.`);
      return 'enforce';
  }
}

export interface RegistryContext {
  readonly open: boolean;
  /** True if flag or variable names a file of the supergraph. */
  readonly hasFile: boolean;
}

export function readRegistryConfig(
  env: Environment,
  { open, hasFile }: RegistryContext,
  faults: string[],
): RegistryConfig {
  const value = env.SCHEMA_REGISTRY || 'false';
  if (value !== 'true' && value !== 'false') faults.push(`SCHEMA_REGISTRY is "${value}"; expected true or false.`);
  const follows = value === 'true';
  if (follows && !env.GATEWAY_DATABASE_URL)
    faults.push('SCHEMA_REGISTRY is true, but GATEWAY_DATABASE_URL is missing.');
  if (follows && hasFile)
    faults.push('SCHEMA_REGISTRY is true, and so the supergraph may not be named as a file, too.');
  if (follows && open) faults.push('SCHEMA_REGISTRY is true, but an open gateway takes its supergraph from a file.');
  const publishersFile = env.REGISTRY_PUBLISHERS ? resolve(env.REGISTRY_PUBLISHERS) : undefined;
  if (publishersFile !== undefined && !existsSync(publishersFile))
    faults.push(`REGISTRY_PUBLISHERS ${publishersFile} does not exist.`);
  return { follows, publishersFile };
}
