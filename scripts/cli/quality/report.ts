/** Findings → the report of a period: platforms by how often they broke the standard, each with what to mend first. */
import type { StoredFinding, StoredFindings } from '@yiwang/gateway/conform/index.ts';
import { containsDivision, regionOf } from '@yiwang/schema';
import { entityRules, ruledEntities } from '@yiwang/schema/rules';

export interface RuleReport extends Pick<StoredFinding, 'rule' | 'count' | 'before' | 'samples'> {
  /** Chinese. */
  readonly name: string;
  readonly message: string;
  readonly basis: string;
}

export interface PlatformReport {
  readonly platform: string;
  /** Breaches, over the operations that called the platform: both are summed when reports are put together. */
  readonly breaches: number;
  readonly operations: number;
  readonly before: number;
  /** The most frequent first. */
  readonly rules: readonly RuleReport[];
}

export interface QualityReport {
  readonly from: string;
  /** The last day. */
  readonly to: string;
  readonly within: string;
  readonly platforms: readonly PlatformReport[];
  /** Platforms that were called and broke nothing. */
  readonly clean: readonly string[];
}

export interface ReportOptions {
  readonly from: string;
  readonly to: string;
  /** Canonical code: only platforms of this division and below it. */
  readonly within: string;
}

export function createReport({ findings, operations }: StoredFindings, options: ReportOptions): QualityReport {
  const rules = new Map(ruledEntities().flatMap((entity) => entityRules(entity).map((rule) => [rule.id, rule])));
  const isWithin = (platform: string): boolean => liesWithin(platform, options.within);
  const byPlatform = new Map<string, StoredFinding[]>();
  for (const finding of findings) {
    if (!isWithin(finding.platform)) continue;
    const own = byPlatform.get(finding.platform);
    if (own) own.push(finding);
    else byPlatform.set(finding.platform, [finding]);
  }
  const platforms = [...byPlatform].map(([platform, own]): PlatformReport => {
    const reports = own.map(({ rule, count, before, samples }): RuleReport => {
      const { name = '类型', message = 'The value is not of its type', basis = 'GraphQL' } = rules.get(rule) ?? {};
      return { rule, count, before, samples, name, message, basis };
    });
    const sum = (read: (report: RuleReport) => number) => reports.reduce((total, report) => total + read(report), 0);
    return {
      platform,
      breaches: sum(({ count }) => count),
      before: sum(({ before }) => before),
      operations: operations.get(platform) ?? 0,
      rules: reports,
    };
  });
  platforms.sort((a, b) => b.breaches - a.breaches || (a.platform < b.platform ? -1 : 1));
  const clean = [...operations.keys()].filter((platform) => isWithin(platform) && !byPlatform.has(platform)).sort();
  return { ...options, platforms, clean };
}

/** A platform that nobody knows is in the report of the country alone. */
function liesWithin(platform: string, within: string): boolean {
  const division = platform.split('/')[1] ?? '';
  if (within === '100000') return true;
  return /^\d{6,12}$/.test(division) && containsDivision(regionOf(within), division);
}
