/** The root field `findings`: pages of stored findings, each with what its rule says. */
import { encodePosition, intersect, parsePosition, type Region, regionOf, union } from '@yiwang/schema';
import { type EntityRule, entityRules, ruledEntities } from '@yiwang/schema/rules';
import { mendOf } from '@yiwang/schema/statistics';
import { dateAt, parsePeriod } from '@yiwang/schema/time';
import { PublicError } from '../../model/errors.ts';
import {
  type FindingPages,
  type FindingPlace,
  type FindingQuery,
  type FindingRow,
  TYPE_RULE,
} from '../../model/finding.ts';
import { parseSize } from './page-size.ts';

export interface FindingsArguments {
  readonly within?: string | null;
  readonly withinAny?: readonly string[] | null;
  readonly period: string;
  readonly platform?: string | null;
  readonly rule?: string | null;
  readonly orderBy?: FindingQuery['orderBy'] | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** Every part of a page is a function: parts that are not selected are not read. */
export function createFindingsRoot(pages: FindingPages | undefined) {
  const rules = new Map(
    ruledEntities().flatMap((entity) => entityRules(entity).map((rule) => [rule.id, rule] as const)),
  );
  return (args: FindingsArguments, { region }: { readonly region: Region }) => {
    if (!pages) throw new PublicError('PLATFORM_FAILED', 'This gateway does not check answers against the standard.');
    const size = parseSize(args.first);
    const places = args.withinAny ?? (args.within ? [args.within] : undefined);
    const { from, to } = parsePeriod(args.period);
    const query: FindingQuery = {
      region: places ? intersect(region, union(...places.map(regionOf))) : region,
      from: dateAt(from),
      until: dateAt(to),
      platform: args.platform ?? null,
      rule: args.rule ?? null,
      orderBy: args.orderBy ?? 'NEWEST',
    };
    const after = parseCursor(args.after, query.orderBy);
    let pending: Promise<readonly FindingRow[]> | undefined;
    const readRows = (): Promise<readonly FindingRow[]> => {
      pending ??= pages.readPage(query, after, size + 1);
      return pending;
    };
    const edges = async () =>
      (await readRows())
        .slice(0, size)
        .map((row) => ({ node: toFinding(row, rules.get(row.rule)), cursor: encodeCursor(row, query.orderBy) }));
    return {
      edges,
      nodes: async () => (await edges()).map(({ node }) => node),
      pageInfo: async () => {
        const rows = await readRows();
        const last = rows.slice(0, size).at(-1);
        return { hasNextPage: rows.length > size, endCursor: last ? encodeCursor(last, query.orderBy) : null };
      },
      totalCount: () => pages.count(query),
    };
  };
}

const TYPE = { name: '类型', message: 'The value is not of its type', basis: 'GraphQL', kind: TYPE_RULE } as const;
const UNKNOWN = { name: '未知规则', message: 'A rule that this gateway does not know', basis: '', kind: '' } as const;

function toFinding(row: FindingRow, rule: EntityRule | undefined) {
  const { name, message, basis, kind } = row.rule === TYPE_RULE ? TYPE : (rule ?? UNKNOWN);
  return { ...row, name, message, basis, mend: mendOf(kind) ?? null };
}

function encodeCursor({ platform, rule, day, count }: FindingPlace, order: FindingQuery['orderBy']): string {
  return encodePosition({ order, value: day ?? count, division: '', id: `${platform} ${rule}` });
}

function parseCursor(after: string | null | undefined, order: FindingQuery['orderBy']): FindingPlace | undefined {
  if (after === null || after === undefined) return undefined;
  const position = parsePosition(after);
  const [platform, rule, ...others] = position?.id.split(' ') ?? [];
  if (position?.order === order && platform !== undefined && rule !== undefined && others.length === 0) {
    if (order === 'MOST_FREQUENT' && typeof position.value === 'number')
      return { platform, rule, day: null, count: position.value };
    if (order === 'NEWEST' && /^\d{4}-\d{2}-\d{2}$/.test(String(position.value)))
      return { platform, rule, day: String(position.value), count: 0 };
  }
  throw new PublicError(
    'BAD_USER_INPUT',
    'after is no cursor of this page; an endCursor of the page before was expected',
  );
}
