/**
 * A chain of pages over many platforms → the regions that its pages lack, and the platforms that were missing and are
 * back.
 */
import { intersect } from '@yiwang/schema';
import type { Path } from '../../model/errors.ts';
import type { CallRecord, Fault } from '../coverage/call-record.ts';
import { addSkipped, NOTHING_SKIPPED, type SkippedRegions } from './cursor.ts';
import type { FieldResult } from './field-result.ts';

/** The chain of pages that a field with cursors is in. */
export interface Paging {
  readonly skipped: SkippedRegions;
  /** True if each tier has its own rows over the same divisions. */
  readonly isLayered: boolean;
}

/** The regions that earlier pages lack, and those that this page lacks: of missing platforms, and of `bad` results. */
export function collectSkipped(
  paging: Paging | undefined,
  results: readonly FieldResult[],
  bad: readonly FieldResult[],
): SkippedRegions {
  if (!paging) return NOTHING_SKIPPED;
  let { skipped } = paging;
  for (const result of results) {
    const isBad = bad.includes(result);
    for (const { record, isMissing } of result.contributors) {
      if (!isMissing && !isBad) continue;
      skipped = addSkipped(skipped, layerOf(record, paging), intersect(record.owns, result.region));
    }
  }
  return skipped;
}

/** Reports platforms that were missing for an earlier page: their rows before this page are in no page. */
export function reportStaleRows(paging: Paging, results: readonly FieldResult[], path: Path): void {
  const { count, regions } = paging.skipped;
  if (count === 0) return;
  for (const { contributors, region: requestedRegion } of results) {
    for (const { record, isMissing } of contributors) {
      const region = regions.get(layerOf(record, paging));
      if (isMissing || !region) continue;
      if (intersect(intersect(record.owns, requestedRegion), region).length > 0)
        record.addFault(createStaleFault(count), path);
    }
  }
}

function layerOf({ tier }: CallRecord, { isLayered }: Paging): string {
  return isLayered ? tier : '';
}

function createStaleFault(platforms: number): Fault {
  const who = platforms === 1 ? 'it did not answer' : `it was one of ${platforms} parts that were not answered for`;
  const reason = `its rows before this page were left out, since ${who} then: ask from the first page`;
  return { status: 'STALE', code: 'INCOMPLETE', reason };
}
