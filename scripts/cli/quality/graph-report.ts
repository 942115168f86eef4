/** What a gateway answers → the report of a place: units by rank, and the measures by the points that they cost. */
import { divisions, levelOf, municipalityPrefixes } from '@yiwang/schema';
import { type QualityMeasure, qualityMethod } from '@yiwang/schema/statistics';
import {
  askExamples,
  askFindings,
  askQuality,
  type Coverage,
  type Gateway,
  type GraphFinding,
  type QualityGroup,
} from './ask-graph.ts';

export interface Mending {
  readonly measure: QualityMeasure;
  /** Chinese. */
  readonly name: string;
  readonly mend: string;
  readonly rows: number;
  readonly broken: number;
  /** Of 405, what the broken rows cost. */
  readonly points: number;
  readonly examples: readonly string[];
}

export interface GraphReport {
  readonly within: string;
  readonly place: string;
  readonly from: string;
  /** The last day. */
  readonly to: string;
  /** The best first. */
  readonly units: readonly QualityGroup[];
  readonly whole: QualityGroup | undefined;
  /** The dearest first. */
  readonly mendings: readonly Mending[];
  /** Undefined if the gateway stores none. */
  readonly findings: readonly GraphFinding[] | undefined;
  readonly coverage: Coverage;
}

const COUNTRY = '100000';
const BELOW: Readonly<Record<string, string>> = {
  PROVINCE: 'CITY',
  CITY: 'COUNTY',
  COUNTY: 'STREET',
  STREET: 'COMMUNITY',
};

/** The units that a place ranks: a municipality has no cities. */
export function levelBelow(code: string): string {
  if (code === COUNTRY) return 'PROVINCE';
  const level = levelOf(code);
  if (level === 'PROVINCE' && municipalityPrefixes.includes(code.slice(0, 2))) return 'COUNTY';
  return BELOW[level] ?? 'COMMUNITY';
}

export async function askReport(
  gateway: Gateway,
  {
    within,
    from,
    to,
    until,
  }: { readonly within: string; readonly from: string; readonly to: string; readonly until: string },
): Promise<GraphReport> {
  const period = `${from}/${until}`;
  const { units, whole, coverage } = await askQuality(gateway, { within, period, level: levelBelow(within) });
  const broken = whole ? rankMeasures(whole) : [];
  const names = broken.map(({ measure }) => measure);
  const [examples, findings] = await Promise.all([
    askExamples(gateway, within, names),
    askFindings(gateway, within, period),
  ]);
  return {
    ...{ within, from, to, units, whole, findings, coverage },
    place: nameOf(within) ?? within,
    mendings: broken.map((mending) => ({ ...mending, examples: examples.get(mending.measure) ?? [] })),
  };
}

function rankMeasures({ counts }: QualityGroup): readonly Omit<Mending, 'examples'>[] {
  const { dimensions, measures } = qualityMethod();
  return measures
    .flatMap(({ id, name, mend }) => {
      const dimension = dimensions.find((candidate) => candidate.measures.includes(id))!;
      const broken = counts.rows - counts[id];
      const points = ((dimension.points / dimension.measures.length) * broken) / counts.rows;
      return broken === 0 ? [] : [{ measure: id, name, mend, rows: counts.rows, broken, points }];
    })
    .sort((a, b) => b.points - a.points);
}

/** Chinese, from the table of this program; undefined for a code that it does not have. */
export function nameOf(code: string): string | undefined {
  return divisions().get(code)?.name;
}
