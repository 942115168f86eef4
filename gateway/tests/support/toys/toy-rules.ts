/** Rules of every kind for the toy subgraph, and a conformance that remembers what it counted. */
import type { EntityRule } from '@yiwang/schema/rules';
import { createCheckCompiler } from '../../../conform/index.ts';
import type { Finding } from '../../../model/finding.ts';
import type { TestEngineOptions } from '../test-engine.ts';

type Conformance = NonNullable<TestEngineOptions['conformance']>;
type Mode = ReturnType<Conformance['modeOf']>;

/** A rule without what has a usual value. */
export type BareRule = Partial<EntityRule> & Pick<EntityRule, 'id' | 'entity' | 'kind' | 'fields'>;

const USUAL = {
  name: '',
  severity: 'ERROR',
  gate: 'BOTH',
  since: '1',
  until: null,
  certainty: 'sure',
  basis: '',
  when: null,
};

export function toRule(bare: BareRule & Readonly<Record<string, unknown>>): EntityRule {
  const rule: unknown = { ...USUAL, message: `the message of ${bare.id}`, ...bare };
  return rule as EntityRule;
}

export const TOY_RULES: readonly EntityRule[] = [
  toRule({ id: 'ROW-1', entity: 'Row', kind: 'range', fields: ['size'], min: 0, max: 100, below: null, integer: true }),
  toRule({ id: 'ROW-2', entity: 'Row', kind: 'list', fields: ['kind'], values: ['A', 'B'] }),
  toRule({ id: 'ROW-3', entity: 'Row', kind: 'reference', fields: ['division.code', 'id'], agreement: 'WITHIN' }),
  toRule({ id: 'ROW-4', entity: 'Row', kind: 'length', fields: ['at'], min: 7, max: 7 }),
  toRule({ id: 'DIVISION-1', entity: 'Division', kind: 'division', fields: ['code'], at: null, levels: ['STREET'] }),
  toRule({ id: 'NAME-1', entity: 'Division', kind: 'length', fields: ['name'], min: 1, max: 20 }),
  toRule({ id: 'COUNTS-1', entity: 'RowCounts', kind: 'parts', fields: ['rows', 'size'] }),
  toRule({ id: 'RATE-1', entity: 'Rate', kind: 'parts', fields: ['numerator', 'denominator'] }),
  toRule({
    id: 'RATES-1',
    entity: 'RowRates',
    kind: 'range',
    fields: ['big.denominator'],
    min: 0,
    max: 9,
    below: null,
    integer: true,
  }),
];

export interface ToyConformance extends Conformance {
  readonly findings: Finding[];
  /** By rule, by platform, or by both: `ROW-1`, `toy/420100`, `ROW-1 toy/420100`. Others are enforced. */
  readonly modes: Map<string, Mode>;
  reset(): void;
}

export function createToyConformance(rules: readonly EntityRule[] = TOY_RULES): ToyConformance {
  const findings: Finding[] = [];
  const modes = new Map<string, Mode>();
  return {
    findings,
    modes,
    compileCheck: createCheckCompiler({ rulesOf: (type) => rules.filter(({ entity }) => entity === type) }),
    modeOf: (rule, platform = '') =>
      modes.get(`${rule} ${platform}`) ?? modes.get(rule) ?? modes.get(platform) ?? 'enforce',
    onFinding: (finding) => void findings.push(finding),
    reset() {
      findings.length = 0;
      modes.clear();
    },
  };
}
