/** The version of the platform's reference data (see `REFERENCE_VERSION_HEADER`), cached for a short time. */
import { createHash } from 'node:crypto';
import { standardVersion } from '@yiwang/schema/standard';
import { type GraphQLSchema, printSchema } from 'graphql';
import type { PlatformLimits } from '../limits.ts';
import { type PlatformDatabase, withTimeout } from './database.ts';

export interface ReferenceVersionOptions {
  readonly database: Pick<PlatformDatabase, 'forCaller'>;
  readonly schema: GraphQLSchema;
  readonly limits: Pick<PlatformLimits, 'referenceVersionMs' | 'deadlineMsMax'>;
  /** Called if the version cannot be read. */
  readonly onError: (error: unknown) => void;
  /** A monotonic clock in milliseconds. Default: `performance.now()`. */
  readonly nowMs?: () => number;
}

/**
 * Await it before reading the data, so that they are as new as the version. Resolves to undefined if the version
 * cannot be read before `endsAtMs` on the reader's clock.
 */
export type ReadReferenceVersion = (endsAtMs: number) => Promise<string | undefined>;

interface CachedVersion {
  readonly version: string | undefined;
  /** When reading it began. */
  readonly sinceMs: number;
}

/** Concurrent callers share one reading. A failed one is not cached. */
export function createReferenceVersionReader(options: ReferenceVersionOptions): ReadReferenceVersion {
  const { database, schema, limits, onError, nowMs = () => performance.now() } = options;
  const release = JSON.stringify([standardVersion(), printSchema(schema)]);
  let cached: CachedVersion | undefined;
  let reading: Promise<CachedVersion> | undefined;

  async function read(): Promise<CachedVersion> {
    const sinceMs = nowMs();
    const db = database.forCaller({ scope: [], endsAtMs: sinceMs + limits.deadlineMsMax });
    const rows = await db.query<{ version: string }>('reference_version', 'select version from reference_state');
    const data = rows[0]?.version;
    cached = { version: data === undefined ? undefined : digest(release, data), sinceMs };
    return cached;
  }

  return async (endsAtMs) => {
    if (cached && nowMs() - cached.sinceMs < limits.referenceVersionMs) return cached.version;
    reading ??= read().finally(() => {
      reading = undefined;
    });
    try {
      return (await withTimeout(endsAtMs - nowMs(), reading)).version;
    } catch (error) {
      onError(error);
      return undefined;
    }
  };
}

function digest(release: string, data: string): string {
  return createHash('sha256').update(`${release} ${data}`).digest('base64url');
}
