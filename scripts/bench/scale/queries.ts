/** Operations of the scale benchmark. */

/** One group for the whole country. */
export const STATISTIC =
  '{ caseStatistics(period: "2026-01") { counts { reported closed closedOnTime open } rates { closing { numerator denominator value } } } }';

/** A group for each district and county of the country: about 2,850 groups, merged from all platforms. */
export const BY_COUNTY =
  '{ caseStatistics(period: "2026-01", groupBy: [COUNTY]) { key { division { code } } counts { reported closed open } rates { closing { numerator denominator value } } } }';

export const PAGE =
  'query ($after: String) { cases(first: 50, after: $after) { nodes { id status reportedAt } pageInfo { hasNextPage endCursor } totalCount } }';

/** An operation that reaches one platform. A new alias makes it one that was never planned. */
export function singlePlatformQuery(alias: string, within: string): string {
  return `{ ${alias}: caseStatistics(within: "${within}", period: "2026-01") { counts { reported closed } rates { closing { value } } } }`;
}
