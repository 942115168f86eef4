/** The rows of a stub platform, computed from its division: equal at every start. */
import { createId, divisions } from '@yiwang/schema';

export interface StubCase {
  readonly id: string;
  readonly division: string;
  readonly status: 'CLOSED' | 'HANDLING';
  /** ISO instant in UTC. */
  readonly reportedAt: string;
  readonly onTime: boolean;
}

const FIRST_DAY = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;
const MINUTES_OF_JANUARY = 31 * 24 * 60;

/** Cases of January 2026, spread over the divisions below this one. */
export function createStubCases(division: string, count: number): StubCase[] {
  const below = divisions()
    .visibleChildren(division)
    .map(({ code }) => code);
  const places = below.length > 0 ? below : [division];
  const seed = Number(division.slice(0, 6));
  return Array.from({ length: count }, (_, i): StubCase => {
    const place = places[i % places.length]!;
    const minute = (seed * 7 + i * 1_009) % MINUTES_OF_JANUARY;
    return {
      id: createId(place, 'C', i + 1),
      division: place,
      status: (seed + i) % 3 === 0 ? 'HANDLING' : 'CLOSED',
      reportedAt: new Date(FIRST_DAY + minute * MINUTE_MS).toISOString(),
      onTime: (seed + i) % 5 !== 0,
    };
  });
}
