/** Configuration → the checks of platforms' schemas, with what they keep out. */
import type { Logger } from 'pino';
import type { GatewayConfig } from '../config/config.ts';
import type { PlatformEntry } from '../model/platform/network.ts';
import { createSchemaMonitor, type SchemaVerdict, standardSupergraphDigest } from '../schema-checks/index.ts';
import type { SchemaVersion } from './load-version.ts';

export interface SchemaChecks {
  /** Why the platform may not be asked; undefined if it may. */
  refusalOf(platform: PlatformEntry): string | undefined;
  of(platform: PlatformEntry): SchemaVerdict;
  /** Checks a version's platforms before it serves; resolves when all were checked, or when the wait is over. */
  check(version: SchemaVersion): Promise<void>;
  /** Checks again from time to time what is served. */
  follow(served: () => SchemaVersion): void;
  stop(): Promise<void>;
}

/** What callers are told: the places would name fields that they may not know. */
const REFUSAL = 'its schema breaks the standard';

export function createSchemaChecks({ schemaChecks, open, limits }: GatewayConfig, log: Logger): SchemaChecks {
  const isOn = !open && schemaChecks !== 'off';
  const standardDigest = isOn ? standardSupergraphDigest() : undefined;
  // Another supergraph has another standard, of which this program knows nothing.
  const platformsOf = ({ supergraph, platforms }: SchemaVersion) => (supergraph === standardDigest ? platforms : []);
  let served: (() => SchemaVersion) | undefined;
  const monitor = createSchemaMonitor({
    platforms: () => (served ? platformsOf(served()) : []),
    isAsked: schemaChecks !== 'enforce',
    limits,
    log,
  });
  return {
    refusalOf: (platform) =>
      schemaChecks === 'enforce' && monitor.of(platform).state === 'BREACH' ? REFUSAL : undefined,
    of: (platform) => monitor.of(platform),
    async check(version) {
      await Promise.race([monitor.check(platformsOf(version)), wait(limits.schemaCheckWaitMs)]);
    },
    follow(now) {
      served = now;
    },
    stop: () => monitor.stop(),
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
