/** Asks a gateway for the quality of a place: the units below it, what to mend first with examples, and findings. */
import {
  QUALITY_DIMENSIONS,
  QUALITY_MEASURES,
  type QualityDimension,
  type QualityMeasure,
} from '@yiwang/schema/statistics';

export interface Gateway {
  readonly url: string;
  /** Headers that tell who asks. */
  readonly credential: Readonly<Record<string, string>>;
}

interface Points {
  readonly numerator: number;
  readonly denominator: number;
  readonly value: number | null;
}

export interface QualityGroup {
  readonly rank: number;
  readonly key: { readonly division: { readonly code: string } | null };
  readonly counts: Readonly<Record<QualityMeasure | 'rows', number>>;
  readonly rates: Readonly<Record<QualityDimension | 'score', Points>>;
}

export interface GraphFinding {
  readonly platform: string;
  readonly rule: string;
  readonly name: string;
  readonly message: string;
  readonly mend: string | null;
  readonly count: number;
  readonly examples: readonly { readonly coordinate: string; readonly id: string | null }[];
}

/** What a gateway says of the platforms that it asked. */
export interface Coverage {
  readonly asked: number;
  readonly answered: number;
  /** An entry for each call that gave nothing, or a part. */
  readonly platforms: readonly { readonly platform: string; readonly status: string; readonly reason?: string }[];
  readonly unserved?: readonly string[];
}

export interface QualityAnswer {
  readonly units: readonly QualityGroup[];
  readonly whole: QualityGroup | undefined;
  readonly coverage: Coverage;
}

const GROUP = `rank key { division { code } } counts { rows ${QUALITY_MEASURES.join(' ')} }
  rates { ${[...QUALITY_DIMENSIONS, 'score'].map((name) => `${name} { numerator denominator value }`).join(' ')} }`;
const FINDINGS_MAX = 100;
/** Well above the deadline that a gateway has for an operation. */
const WAIT_MS_MAX = 120_000;
const EXAMPLES_MAX = 3;
/** Rows that break the standard come as null. */
const EXAMPLES_ASKED = 20;

export async function askQuality(
  gateway: Gateway,
  { within, period, level }: { readonly within: string; readonly period: string; readonly level: string },
): Promise<QualityAnswer> {
  const { data, coverage } = await ask<{ units: readonly QualityGroup[]; whole: readonly QualityGroup[] }>(
    gateway,
    `query ($within: DivisionCode!, $period: Period!) {
      units: quality(within: $within, period: $period, groupBy: [${level}]) { ${GROUP} }
      whole: quality(within: $within, period: $period) { ${GROUP} } }`,
    { within, period },
  );
  return { units: data.units, whole: data.whole[0], coverage };
}

/** By measure, the ids of a few cases that do not keep it at present. */
export async function askExamples(
  gateway: Gateway,
  within: string,
  measures: readonly QualityMeasure[],
): Promise<ReadonlyMap<QualityMeasure, readonly string[]>> {
  if (measures.length === 0) return new Map();
  const fields = measures.map(
    (name) =>
      `${name}: cases(within: $within, filter: { breaks: ${name.toUpperCase()} }, first: ${EXAMPLES_ASKED}) { nodes { id } }`,
  );
  const { data } = await ask<Record<string, { nodes: readonly ({ id: string } | null)[] }>>(
    gateway,
    `query ($within: DivisionCode!) { ${fields.join('\n')} }`,
    { within },
  );
  return new Map(measures.map((name) => [name, idsOf(data[name]?.nodes)] as const));
}

function idsOf(nodes: readonly ({ readonly id: string } | null)[] = []): readonly string[] {
  return nodes.flatMap((node) => (node ? [node.id] : [])).slice(0, EXAMPLES_MAX);
}

/** Undefined if the gateway stores none. */
export async function askFindings(
  gateway: Gateway,
  within: string,
  period: string,
): Promise<readonly GraphFinding[] | undefined> {
  const { data } = await post<{ findings: { nodes: readonly GraphFinding[] } | null }>(
    gateway,
    `query ($within: DivisionCode!, $period: Period!) {
      findings(within: $within, period: $period, orderBy: MOST_FREQUENT, first: ${FINDINGS_MAX}) {
        nodes { platform rule name message mend count examples { coordinate id } } } }`,
    { within, period },
  );
  return data?.findings?.nodes;
}

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string }[];
  readonly extensions?: { readonly coverage?: Coverage };
}

/** Each platform once, with its reason. */
export function missingPlatforms({ platforms }: Coverage): readonly string[] {
  const lines = platforms.map(({ platform, status, reason }) => `${platform} (${reason ?? status})`);
  return [...new Set(lines)];
}

const NO_COVERAGE: Coverage = { asked: 0, answered: 0, platforms: [] };

/** Throws an `Error` with what the gateway said, if there is no data. */
async function ask<Data>(
  gateway: Gateway,
  query: string,
  variables: Readonly<Record<string, string>>,
): Promise<{ readonly data: Data; readonly coverage: Coverage }> {
  const { data, errors = [], extensions } = await post<Data>(gateway, query, variables);
  if (data === undefined || data === null || Object.values(data).includes(null)) {
    const said = errors.map(({ message }) => message).join('; ') || 'it gave no data';
    throw new Error(`The gateway refused: ${said}`);
  }
  return { data, coverage: extensions?.coverage ?? NO_COVERAGE };
}

async function post<Data>(
  { url, credential }: Gateway,
  query: string,
  variables: Readonly<Record<string, string>>,
): Promise<Answer<Data>> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...credential },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(WAIT_MS_MAX),
    });
    return (await response.json()) as Answer<Data>;
  } catch (error) {
    throw new Error(`The gateway at ${url} gives no answer; name another with --url.`, { cause: error });
  }
}
