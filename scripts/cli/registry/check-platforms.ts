/** The platforms of a directory against a version of the registry: which of them conform, and what standard each states. */
import type { PlatformEntry } from '@yiwang/gateway/model/platform/network.ts';
import type { PlatformCheck, SchemaTexts } from '@yiwang/gateway/registry/index.ts';
import { checkSchema, createSubgraphSchema, type SubgraphSchema } from '@yiwang/schema/sdl';
import { type DocumentNode, parse } from 'graphql';
import { readPlatformSchema } from '../check/read-schema.ts';

const CONCURRENT_CHECKS_MAX = 16;
const HEALTH_MS_MAX = 5_000;
const HEALTH_LENGTH_MAX = 65_536;

/** In the order of the directory. Throws an `Error` for a version without the schemas of its subgraphs. */
export async function checkPlatforms(
  platforms: readonly PlatformEntry[],
  { subgraphs }: Pick<SchemaTexts, 'subgraphs'>,
): Promise<PlatformCheck[]> {
  const standard = new Map(
    Object.entries(subgraphs).map(([name, sdl]) => [name, createSubgraphSchema(parse(sdl, { noLocation: true }))]),
  );
  if (standard.size === 0) throw new Error('this version came without the schemas of its subgraphs');
  const checks: PlatformCheck[] = [];
  const queue = platforms.map((platform, index) => ({ platform, index }));
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      checks[next.index] = await checkPlatform(next.platform, standard);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_CHECKS_MAX }, work));
  return checks;
}

async function checkPlatform(
  platform: PlatformEntry,
  standard: ReadonlyMap<string, SubgraphSchema>,
): Promise<PlatformCheck> {
  const { id, url, subgraphs } = platform;
  const stated = await readStandard(platform);
  const schema = await readPlatformSchema(url).catch(() => undefined);
  if (!schema) return { platform: id, standard: stated, outcome: 'UNREACHABLE', breaches: 0, lacks: 0 };
  const known = [...standard.values()].map(({ document }) => document);
  const findings = subgraphs.flatMap((name) => findingsOf(schema, standard.get(name), known));
  const breaches = findings.filter(({ kind }) => kind === 'breach').length;
  const lacks = findings.filter(({ kind }) => kind === 'lack').length;
  const outcome = breaches > 0 ? 'BREACH' : lacks > 0 ? 'PARTIAL' : 'CONFORMS';
  return { platform: id, standard: stated, outcome, breaches, lacks };
}

function findingsOf(
  schema: DocumentNode,
  standard: SubgraphSchema | undefined,
  known: readonly DocumentNode[],
): ReturnType<typeof checkSchema> {
  return standard ? checkSchema(schema, standard, known) : [];
}

/** As the platform's health states it; null if it states none. */
async function readStandard({ url }: PlatformEntry): Promise<string | null> {
  try {
    const response = await fetch(new URL('/health', url), { signal: AbortSignal.timeout(HEALTH_MS_MAX) });
    const { standard } = JSON.parse((await response.text()).slice(0, HEALTH_LENGTH_MAX)) as { standard?: unknown };
    return typeof standard === 'string' ? standard : null;
  } catch {
    return null;
  }
}
