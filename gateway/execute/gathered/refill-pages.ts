/** Pages whose platforms were asked for a share of their rows → what is still to come before they are sure, asked for all at once. */
import type { OperationDefinitionNode } from 'graphql';
import { stringifyExact } from '../../kit/json/exact-numbers.ts';
import type { Path } from '../../model/errors.ts';
import type { IncompletePage } from '../../model/gather.ts';
import type { RootFetch } from '../../model/plan.ts';
import { mergeRelayCoverage } from '../call/merge-relay-coverage.ts';
import type { ExecutionEngine, Run } from '../context.ts';
import { renamePath } from '../tree/tree.ts';
import { createAnsweredResult, createMissingResult, placeProblems } from './field-result.ts';
import { type FieldText, writeOperation } from './gathered-field.ts';
import { type Contributor, createNonconformingFault, type FieldResult, toContribution } from './merge-field.ts';
import type { RoutedField } from './route-field.ts';

/** A platform that must be asked for more of one field. */
interface PlatformRefill {
  readonly routed: RoutedField;
  readonly refill: FieldText;
  /** What it gave at first. */
  readonly share: FieldResult;
  readonly lacking: IncompletePage;
}

/** The fetch of the fields, with its operation parsed. */
export interface RefillFetch extends Pick<RootFetch, 'subgraph' | 'outputRewrites'> {
  readonly operation: OperationDefinitionNode;
}

/** Each platform is asked once for all of its fields; what it gives, or does not, is added to its shares. */
export async function refillPages(
  routed: readonly RoutedField[],
  call: RefillFetch,
  run: Run,
  engine: ExecutionEngine,
): Promise<void> {
  const calls = new Map<string, PlatformRefill[]>();
  for (const request of routed.flatMap((field) => findRefills(field, engine))) {
    const { id } = request.share.target.platform;
    const group = calls.get(id);
    if (group) group.push(request);
    else calls.set(id, [request]);
  }
  await Promise.all([...calls.values()].map((group) => requestRefill(group, call, run, engine)));
}

function findRefills(routed: RoutedField, { steps }: ExecutionEngine): PlatformRefill[] {
  const { field, results, rowsAsked } = routed;
  const { program, refill } = field;
  if (!rowsAsked || !refill) return [];
  const present = results.filter(({ value }) => value !== null && value !== undefined);
  const lacking = steps.gather.findIncomplete(program, present.map(toContribution), rowsAsked);
  return lacking.map((one) => ({ routed, refill, share: present[one.index]!, lacking: one }));
}

async function requestRefill(
  group: readonly PlatformRefill[],
  call: RefillFetch,
  run: Run,
  engine: ExecutionEngine,
): Promise<void> {
  const { target, record } = group[0]!.share;
  const { subgraph, operation, outputRewrites } = call;
  const fields = group.map(({ refill }) => refill);
  const body = stringifyExact({ query: writeOperation(operation, fields), variables: variablesOf(group, run) });
  const answer = await engine.steps.call({ url: target.platform.url, target, subgraph, body, isMutation: false }, run);
  record.addElapsed(answer.elapsedMs);
  if (answer.kind === 'missing') {
    for (const request of group)
      addRefill(request, createMissingResult(request.refill.program, answer, request.share.target, record), false);
    return;
  }
  const first = group[0]!.refill.program.responseKey;
  const toPath = (path: Path): Path => (path.length > 0 ? renamePath(path, outputRewrites) : [first]);
  const keys = group.map(({ refill }) => refill.program.responseKey);
  const folded = placeProblems(mergeRelayCoverage(answer, { target, record, toPath }, run), keys);
  for (const request of group) {
    const { program } = request.refill;
    const moreRows = createAnsweredResult(program, answer, request.share.target, record, folded);
    const goesOn = program.refill?.isContinuation(toContribution(moreRows), request.lacking.after) ?? false;
    const isUnsaid = !goesOn && moreRows.value !== undefined && moreRows.problems.length === 0;
    if (isUnsaid)
      record.addFault(createNonconformingFault(program, moreRows.value, engine, ROWS_AFTER_EXPECTED), [
        program.responseKey,
      ]);
    addRefill(request, moreRows, goesOn);
  }
}

const ROWS_AFTER_EXPECTED = 'expected rows after the last one that it gave before';

function variablesOf(group: readonly PlatformRefill[], run: Run): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  for (const { routed, refill, lacking } of group) {
    for (const name of refill.variables) variables[name] = run.rawVariables[name];
    const values = { ...routed.hiddenValues, first: lacking.rows, position: lacking.after };
    for (const { name, role } of refill.program.hidden) variables[name] = values[role];
  }
  return variables;
}

/** What it gave at first stays, whatever becomes of the rest. */
function addRefill({ routed: { results }, share }: PlatformRefill, moreRows: FieldResult, goesOn: boolean): void {
  results[results.indexOf(share)] = {
    ...share,
    refill: goesOn ? moreRows.value : undefined,
    problems: [...share.problems, ...moreRows.problems],
    contributors: mergeContributors(share, moreRows, goesOn),
  };
}

/** Whoever was missing in either exchange is; where the second came to nothing, all who took part in the first are. */
function mergeContributors(share: FieldResult, moreRows: FieldResult, goesOn: boolean): Contributor[] {
  const parts = new Map(share.contributors.map(({ record, isMissing }) => [record, isMissing || !goesOn]));
  if (!goesOn) parts.set(share.record, true);
  for (const { record, isMissing } of moreRows.contributors)
    parts.set(record, isMissing || (parts.get(record) ?? false));
  return [...parts].map(([record, isMissing]) => ({ record, isMissing }));
}
