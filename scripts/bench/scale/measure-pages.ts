/** Measures how many rows each platform sends for one page of the client. */
import type { GatewayClient } from '../gateway/gateway-client.ts';
import type { StubPlatforms } from '../stubs/stub-platforms.ts';
import { PAGE } from './queries.ts';

export interface PageFigures {
  readonly page: number;
  readonly elapsedMs: number;
  /** Time of the same page again, with cached answers on the platforms. */
  readonly againMs: number;
  readonly calls: number;
  /** Rows fetched from all platforms together. */
  readonly rows: number;
  /** The most rows of one platform. */
  readonly rowsMax: number;
}

/** Throws if a row occurs twice or out of order. */
export async function measurePages(
  client: GatewayClient,
  platforms: StubPlatforms,
  pages: number,
): Promise<readonly PageFigures[]> {
  const figures: PageFigures[] = [];
  const seenIds = new Set<string>();
  let after: string | null = null;
  let latest = '9';
  for (let page = 1; page <= pages; page++) {
    const before = await platforms.state();
    const variables = { after };
    const { data, elapsedMs, errors } = await client.request(PAGE, { variables });
    if (errors.length > 0) throw new Error(errors[0]!.message);
    const now = await platforms.state();
    const again = await client.request(PAGE, { variables });
    for (const { id, reportedAt } of data.cases.nodes as { id: string; reportedAt: string }[]) {
      if (seenIds.has(id) || reportedAt > latest) throw new Error(`${id} comes twice or out of order`);
      seenIds.add(id);
      latest = reportedAt;
    }
    after = data.cases.pageInfo.endCursor as string;
    const rowsByPlatform = Object.entries(now.rows).map(([id, count]) => count - before.rows[id]!);
    const calls = Object.entries(now.calls).reduce((sum, [id, count]) => sum + count - before.calls[id]!, 0);
    const rows = rowsByPlatform.reduce((a, b) => a + b, 0);
    figures.push({ page, elapsedMs, againMs: again.elapsedMs, calls, rows, rowsMax: Math.max(...rowsByPlatform) });
  }
  return figures;
}
