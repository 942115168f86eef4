/**
 * A root fetch on a partitioned subgraph: each field is routed on its own, and each platform is asked once for all of
 * its fields.
 */
import type { SubgraphAddress } from '@yiwang/schema';
import { type OperationDefinitionNode, parse } from 'graphql';
import { inlineFragments } from '../../kit/graphql/inline-fragments.ts';
import { stringifyExact } from '../../kit/json/exact-numbers.ts';
import type { RootFetch } from '../../model/plan.ts';
import type { RouteTarget } from '../../model/platform/network.ts';
import { callPlatforms } from '../call/call-platform.ts';
import type { AnswerReader, FetchCall } from '../call/fetch-call.ts';
import { claimField } from '../claims/claim-field.ts';
import type { ExecutionEngine, PlanStep, Run } from '../context.ts';
import { applyRewrite, renamePath } from '../tree/rewrite.ts';
import { catchFieldError } from './catch-field-error.ts';
import { createAnsweredResult, createMissingResult, placeProblems } from './field-result.ts';
import { createGatheredField, type GatheredField, writeOperation } from './gathered-field.ts';
import { mergeField } from './merge-field.ts';
import { compileRefill } from './refill-pages.ts';
import { type RoutedField, routeField } from './route-field.ts';

/** A field as one platform is asked for it. */
interface TargetedField {
  readonly routed: RoutedField;
  readonly target: RouteTarget;
}

export function compileGatheredFetch(fetch: RootFetch, address: SubgraphAddress, engine: ExecutionEngine): PlanStep {
  const operation = inlineFragments(parse(fetch.operation, { noLocation: true }));
  const parent = engine.schema.getQueryType();
  if (!parent || fetch.operationKind !== 'query') {
    throw new Error(`${address.subgraph} is partitioned and can only be queried`);
  }
  const fields = engine.steps.gather
    .fieldsOf(operation.selectionSet)
    // The gateway itself knows the name of the root type.
    .filter(({ name }) => name.value !== '__typename')
    .map((node, number) => createGatheredField(engine.steps.gather.compile(node, parent, number), engine.rules));
  const isLayered = address.partition === 'tier-and-division';
  const textOf = createOperationTexts(operation, fields);
  const reader = createReader(fetch, engine);
  const refillPages = compileRefill({ ...fetch, operation }, engine);
  return async (run) => {
    const routed = routeFields(fields, address, run, engine);
    await callPlatforms(openCalls(routed, address.subgraph, textOf, run), reader, engine);
    await refillPages(routed, run);
    for (const field of routed) writeField(field, isLayered, run, engine);
    for (const rewrite of fetch.outputRewrites) applyRewrite(run.tree, rewrite, engine.isType);
  };
}

type TextOf = (fields: readonly TargetedField[]) => string;

/** The text for each choice of fields, written once. */
function createOperationTexts(operation: OperationDefinitionNode, fields: readonly GatheredField[]): TextOf {
  const texts = new Map<string, string>();
  return (targeted) => {
    const key = targeted.map(({ routed }) => fields.indexOf(routed.field)).join();
    let text = texts.get(key);
    if (text === undefined) {
      text = writeOperation(
        operation,
        targeted.map(({ routed }) => routed.field),
      );
      texts.set(key, text);
    }
    return text;
  };
}

/** A refused field has its error, and is routed nowhere. */
function routeFields(
  fields: readonly GatheredField[],
  address: SubgraphAddress,
  run: Run,
  engine: ExecutionEngine,
): RoutedField[] {
  const routed: RoutedField[] = [];
  for (const field of fields) {
    const { responseKey } = field.program;
    const refusedValue = catchFieldError(field.program, [responseKey], run, () => {
      routed.push(routeField(field, address, run, engine));
    });
    if (refusedValue !== undefined) run.tree[responseKey] = refusedValue;
  }
  return routed;
}

/** Platforms that are asked for the same fields are sent the same text, which is written once. */
function openCalls(
  routed: readonly RoutedField[],
  subgraph: string,
  textOf: TextOf,
  run: Run,
): FetchCall<readonly TargetedField[]>[] {
  const bodies = new Map<string, string>();
  const calls: FetchCall<readonly TargetedField[]>[] = [];
  for (const part of groupByTarget(routed, subgraph).values()) {
    const { target } = part[0]!;
    const query = textOf(part);
    let body = bodies.get(query);
    if (body === undefined) {
      body = stringifyExact({ query, variables: variablesOf(part, run) });
      bodies.set(query, body);
    }
    const { url } = target.platform;
    calls.push({ url, target, subgraph: target.subgraph, body, isMutation: false, run, part, record: undefined });
  }
  return calls;
}

/** By platform; those that are asked for another subgraph than that of the fetch are apart. */
function groupByTarget(routed: readonly RoutedField[], subgraph: string): Map<string, TargetedField[]> {
  const groups = new Map<string, TargetedField[]>();
  for (const field of routed) {
    for (const target of field.targets) {
      const { id } = target.platform;
      const key = target.subgraph === subgraph ? id : `${target.subgraph} ${id}`;
      const group = groups.get(key);
      if (group) group.push({ routed: field, target });
      else groups.set(key, [{ routed: field, target }]);
    }
  }
  return groups;
}

function variablesOf(part: readonly TargetedField[], run: Run): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  for (const { routed } of part) {
    for (const name of routed.field.variables) variables[name] = run.rawVariables[name];
    for (const { name, role } of routed.field.program.hidden) variables[name] = routed.hiddenValues[role];
  }
  return variables;
}

/** Each field has its own region, which its rows are checked against: the fields of one call may differ in theirs. */
function createReader({ outputRewrites }: RootFetch, engine: ExecutionEngine): AnswerReader<readonly TargetedField[]> {
  const responseKeyOf = ({ routed }: TargetedField): string => routed.field.program.responseKey;
  return {
    toClientPath: (path, { part }) => (path.length > 0 ? renamePath(path, outputRewrites) : [responseKeyOf(part[0]!)]),
    addClaims: (claims, { part, run }, record) => {
      for (const { routed } of part) {
        const { field, results } = routed;
        claimField(claims, { program: field.program, results, tree: run.tree, rules: engine.rules }, record);
      }
    },
    readMissing: (answer, { part, record }) => {
      for (const { routed, target } of part) {
        routed.results.push(createMissingResult(routed.field.program, answer, target, record!));
      }
    },
    readAnswer: ({ data }, problems, { part, record }, below) => {
      const answer = { data, problems: placeProblems(data, problems, part.map(responseKeyOf)), below };
      for (const { routed, target } of part) {
        routed.results.push(createAnsweredResult(routed.field.program, answer, target, record!));
      }
    },
  };
}

function writeField(
  { field: { program }, args, skipped, results }: RoutedField,
  isLayered: boolean,
  run: Run,
  engine: ExecutionEngine,
): void {
  const path = [program.responseKey];
  const paging = program.by === 'PAGE' ? { skipped, isLayered } : undefined;
  run.tree[program.responseKey] = catchFieldError(program, path, run, () =>
    mergeField({ program, results, args, path, paging }, run, engine),
  );
}
