/** docs/standard-flow.md: what may follow what in cases and requests, who may do it, and what it does to the clocks. */
import {
  caseTable,
  clockEffects,
  type FlowTable,
  requestTable,
  type StageLimit,
  stageLimits,
  type Transition,
} from '@yiwang/schema/cases';
import { table } from '../docs/markdown.ts';

const HEAD = `# The flow of cases and requests

<!-- Made by scripts/tools/standard-files/generate.ts of schema/data: change it there. -->

Acts lead from state to state. What an act does to a clock stands beside it; a clock that is not named goes on. The engine in
\`schema/cases/flow/\` holds every stage to these tables, and refuses one with its number and the rule that it breaks.`;

export function createFlowPage(): string {
  const { caseStages, requestStages, closing, profile } = stageLimits();
  const parts = [
    HEAD,
    '## Effects on clocks',
    table(['effect', 'the clock'], words(clockEffects())),
    '## Cases (GB/T 30428.8)',
    ...flowParts(caseTable(), caseStages),
    '## Requests to 12345',
    ...flowParts(requestTable(), requestStages),
    '## Limits',
    `The terms of a limit follow one another. ${sentence(profile)} \`CLOSING\` is ${closing.continuous} for a limit that runs without stop, and ${closing.working} for one of working time (${closing.certainty}).`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function flowParts(flow: FlowTable, limits: Readonly<Record<string, StageLimit>>): readonly string[] {
  const { statuses, roles, clocks, chains, checks } = flow.file;
  return [
    table(
      ['public status', 'states'],
      Object.entries(statuses).map(([status, states]) => [`\`${status}\``, code(states)]),
    ),
    table(['role', 'name'], words(roles)),
    table(
      ['clock', 'name', 'limit', 'urgent', 'certainty', 'note'],
      Object.entries(clocks).map(([clock, name]) => {
        const { limit, urgent, certainty, note } = limits[clock]!;
        return [`\`${clock}\``, name, limit.join(' + '), urgent?.join(' + ') ?? '–', certainty, note ?? '–'];
      }),
    ),
    table(
      ['asked and decided', 'name', 'by', 'at most', 'certainty'],
      Object.entries(chains).map(([chain, { name, roles: by, asksMax, grantsMax, refusalsMax, certainty }]) => [
        `\`${chain}\``,
        name,
        by.join(' → '),
        [
          ['asked', asksMax],
          ['granted', grantsMax],
          ['refused', refusalsMax],
        ]
          .flatMap(([word, count]) => (count === undefined ? [] : [`${word} ${count}×`]))
          .join(', ') || '–',
        certainty,
      ]),
    ),
    table(['check', 'says'], words(checks)),
    table(
      ['from', 'act', 'by', 'to', 'asks for', 'clocks', 'remark'],
      mergeStates(flow.transitions).map(({ froms, stays, transition }) => [
        froms.map((from) => (from === null ? '–' : `\`${from}\``)).join(' '),
        `\`${transition.action}\``,
        transition.roles.join(', '),
        stays ? 'stays' : `\`${transition.to}\``,
        asksFor(transition).join(', ') || '–',
        transition.clocks.map(([clock, effect]) => `${clock} ${effect}`).join(', ') || '–',
        transition.guard ?? '–',
      ]),
    ),
  ];
}

interface MergedRow {
  readonly froms: (string | null)[];
  /** The act leaves the state as it is. */
  readonly stays: boolean;
  readonly transition: Transition;
}

/** Transitions that differ in their state alone, in one row. */
function mergeStates(transitions: readonly Transition[]): readonly MergedRow[] {
  const merged = new Map<string, MergedRow>();
  for (const transition of transitions) {
    const { from, to, ...rest } = transition;
    const stays = to === from;
    const key = JSON.stringify([rest, stays ? null : to]);
    const row = merged.get(key);
    if (row === undefined) merged.set(key, { froms: [from], stays, transition });
    else row.froms.push(from);
  }
  return [...merged.values()];
}

function asksFor({ reasonRequired, department, judges, request, checks }: Transition): readonly string[] {
  return [
    ...(reasonRequired ? ['a reason'] : []),
    ...(department === 'GIVEN' ? ['the department that gets it'] : []),
    ...(department === 'OWN' ? ['the own department'] : []),
    ...(judges ? ['a judgement'] : []),
    ...(request === null ? [] : [`${request.step} ${request.chain}`]),
    ...checks.map((check) => `\`${check}\``),
  ];
}

function words(list: Readonly<Record<string, string>>): readonly (readonly string[])[] {
  return Object.entries(list).map(([word, text]) => [`\`${word}\``, text]);
}

function code(list: readonly string[]): string {
  return list.map((word) => `\`${word}\``).join(' ');
}

function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}
