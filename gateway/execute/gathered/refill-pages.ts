/**
 * Pages whose platforms were asked for a share of their rows → the rows that may still be on the page, asked for all at
 * once. The page is that of whole pages from all platforms.
 */
import type { OperationDefinitionNode } from 'graphql';
import { stringifyExact } from '../../kit/json/exact-numbers.ts';
import type { IncompletePage } from '../../model/gather.ts';
import type { RootFetch } from '../../model/plan.ts';
import { callPlatforms } from '../call/call-platform.ts';
import type { AnswerReader, FetchCall } from '../call/fetch-call.ts';
import type { ExecutionEngine, Run } from '../context.ts';
import { renamePath } from '../tree/rewrite.ts';
import {
  type Contributor,
  createAnsweredResult,
  createMissingResult,
  type FieldResult,
  placeProblems,
  toContribution,
} from './field-result.ts';
import { type FieldText, writeOperation } from './gathered-field.ts';
import { createNonconformingFault } from './nonconforming-fault.ts';
import type { RoutedField } from './route-field.ts';

/** A platform that must be asked for more rows of one field. */
interface Refill {
  readonly routed: RoutedField;
  readonly text: FieldText;
  /** What the platform gave at first. */
  readonly first: FieldResult;
  readonly incomplete: IncompletePage;
}

/** A fetch, with its operation parsed. */
export interface RefillFetch extends Pick<RootFetch, 'subgraph' | 'outputRewrites'> {
  readonly operation: OperationDefinitionNode;
}

/** Each platform is asked once for all of its fields; what it gives, or fails to give, is added to its results. */
export type RefillPages = (routed: readonly RoutedField[], run: Run) => Promise<unknown> | undefined;

export function compileRefill(fetch: RefillFetch, engine: ExecutionEngine): RefillPages {
  const reader = createReader(fetch, engine);
  return (routed, run) => {
    const refills = routed.flatMap((field) => findRefills(field, engine));
    return refills.length === 0 ? undefined : callPlatforms(openCalls(refills, fetch, run), reader, engine);
  };
}

function findRefills(routed: RoutedField, { steps }: ExecutionEngine): Refill[] {
  const { field, results, rowsAsked } = routed;
  const { program, refill: text } = field;
  if (!rowsAsked || !text) return [];
  const present = results.filter(({ value }) => value !== null && value !== undefined);
  return steps.gather
    .findIncomplete(program, present.map(toContribution), rowsAsked)
    .map((incomplete) => ({ routed, text, first: present[incomplete.index]!, incomplete }));
}

/** Each continues the call that asked for the first rows. */
function openCalls(
  refills: readonly Refill[],
  { subgraph, operation }: RefillFetch,
  run: Run,
): FetchCall<readonly Refill[]>[] {
  const groups = new Map<string, Refill[]>();
  for (const refill of refills) {
    const { id } = refill.first.target.platform;
    const group = groups.get(id);
    if (group) group.push(refill);
    else groups.set(id, [refill]);
  }
  return [...groups.values()].map((part) => {
    const { target, record } = part[0]!.first;
    const query = writeOperation(
      operation,
      part.map(({ text }) => text),
    );
    const body = stringifyExact({ query, variables: variablesOf(part, run) });
    return { url: target.platform.url, target, subgraph, body, isMutation: false, run, part, record };
  });
}

function variablesOf(part: readonly Refill[], run: Run): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  for (const { routed, text, incomplete } of part) {
    for (const name of text.variables) variables[name] = run.rawVariables[name];
    const values = { ...routed.hiddenValues, first: incomplete.rows, position: incomplete.after };
    for (const { name, role } of text.program.hidden) variables[name] = values[role];
  }
  return variables;
}

function createReader({ outputRewrites }: RefillFetch, engine: ExecutionEngine): AnswerReader<readonly Refill[]> {
  const responseKeyOf = ({ text }: Refill): string => text.program.responseKey;
  return {
    toClientPath: (path, { part }) => (path.length > 0 ? renamePath(path, outputRewrites) : [responseKeyOf(part[0]!)]),
    readMissing: (answer, { part }) => {
      for (const refill of part) {
        const { target, record } = refill.first;
        addRefill(refill, createMissingResult(refill.text.program, answer, target, record), false);
      }
    },
    readAnswer: ({ data }, problems, { part }, below) => {
      const answer = { data, problems: placeProblems(data, problems, part.map(responseKeyOf)), below };
      for (const refill of part) {
        const { program } = refill.text;
        const { target, record } = refill.first;
        const more = createAnsweredResult(program, answer, target, record);
        const goesOn = program.refill?.isContinuation(toContribution(more), refill.incomplete.after) ?? false;
        if (!goesOn && more.value !== undefined && more.problems.length === 0) {
          record.addFault(createNonconformingFault(program, more.value, engine, LATER_ROWS), [program.responseKey]);
        }
        addRefill(refill, more, goesOn);
      }
    },
  };
}

const LATER_ROWS = 'expected rows after the last one that it gave before';

/** The first rows stay, whatever becomes of the rest. */
function addRefill({ routed: { results }, first }: Refill, more: FieldResult, goesOn: boolean): void {
  results[results.indexOf(first)] = {
    ...first,
    refill: goesOn ? more.value : undefined,
    problems: [...first.problems, ...more.problems],
    contributors: mergeContributors(first, more, goesOn),
  };
}

/** A platform that is missing in either exchange is missing. If the second gave nothing, all of the first are. */
function mergeContributors(first: FieldResult, more: FieldResult, goesOn: boolean): Contributor[] {
  const missing = new Map(first.contributors.map(({ record, isMissing }) => [record, isMissing || !goesOn]));
  if (!goesOn) missing.set(first.record, true);
  for (const { record, isMissing } of more.contributors) {
    missing.set(record, isMissing || (missing.get(record) ?? false));
  }
  return [...missing].map(([record, isMissing]) => ({ record, isMissing }));
}
