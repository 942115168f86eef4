/** `GET /health`: 200 if the platform can answer, 503 with the reason if not. */
import type { FastifyInstance } from 'fastify';
import type { PlatformDatabase } from '../database/database.ts';
import type { PlatformIdentity, PlatformModule } from '../module.ts';

export interface HealthOptions {
  readonly identity: PlatformIdentity;
  readonly modules: readonly PlatformModule[];
  readonly database: PlatformDatabase;
  /** The version of the standard that the platform speaks. */
  readonly standardVersion: string;
}

const CHECK_MS_MAX = 2000;

export function registerHealth(
  app: FastifyInstance,
  { identity, modules, database, standardVersion }: HealthOptions,
): void {
  app.get('/health', async (_request, reply) => {
    const checked = await checkDatabase(database);
    return reply.code(checked.ok ? 200 : 503).send({
      status: checked.ok ? 'ok' : 'failing',
      platform: identity.id,
      standard: standardVersion,
      modules: modules.map(({ name }) => name),
      database: checked,
    });
  });
}

async function checkDatabase(
  database: PlatformDatabase,
): Promise<{ ok: true; roundTripMs: number } | { ok: false; reason: string }> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), CHECK_MS_MAX);
  });
  try {
    const roundTripMs = await Promise.race([database.check(), end]);
    if (roundTripMs === undefined) return { ok: false, reason: `no answer within ${CHECK_MS_MAX} ms` };
    return { ok: true, roundTripMs: Math.round(roundTripMs * 10) / 10 };
  } catch {
    return { ok: false, reason: 'out of reach' };
  } finally {
    clearTimeout(timer);
  }
}
