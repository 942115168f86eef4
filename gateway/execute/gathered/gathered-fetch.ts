/** A root fetch on a partitioned subgraph: each root field is routed on its own, and each platform asked once for all of its. */
import type { SubgraphAddress } from '@yiwang/schema';
import { parse } from 'graphql';
import { inlineFragments } from '../../kit/graphql/inline-fragments.ts';
import { stringifyExact } from '../../kit/json/exact-numbers.ts';
import type { Path } from '../../model/errors.ts';
import type { RootFetch } from '../../model/plan.ts';
import { mergeRelayCoverage } from '../call/merge-relay-coverage.ts';
import type { ExecutionEngine, RouteTarget, Run } from '../context.ts';
import { applyRewrite, renamePath } from '../tree/tree.ts';
import { createAnsweredResult, createMissingResult, placeProblems } from './field-result.ts';
import { createGatheredField, type GatheredField, writeOperation } from './gathered-field.ts';
import { catchFieldError, mergeField } from './merge-field.ts';
import { refillPages } from './refill-pages.ts';
import { type RoutedField, routeField } from './route-field.ts';

export interface GatheredFetch {
  run(run: Run): Promise<void>;
}

export function compileGatheredFetch(
  fetch: RootFetch,
  served: SubgraphAddress,
  engine: ExecutionEngine,
): GatheredFetch {
  const operation = inlineFragments(parse(fetch.operation, { noLocation: true }));
  const parent = engine.schema.getQueryType();
  if (!parent || fetch.operationKind !== 'query') {
    throw new Error(`${served.subgraph} is partitioned and can only be queried`);
  }
  const fields = engine.steps.gather
    .fieldsOf(operation.selectionSet)
    // The name of the root type is known here.
    .filter(({ name }) => name.value !== '__typename')
    .map((node, number) => createGatheredField(engine.steps.gather.compile(node, parent, number)));
  const isLayered = served.partition === 'tier-and-division';
  const texts = new Map<string, string>();
  const textOf = (chosen: readonly GatheredField[]): string => {
    const key = chosen.map((field) => fields.indexOf(field)).join();
    let text = texts.get(key);
    if (text === undefined) {
      text = writeOperation(operation, chosen);
      texts.set(key, text);
    }
    return text;
  };

  return {
    run: async (run) => {
      const routed: RoutedField[] = [];
      for (const field of fields) {
        const path = [field.program.responseKey];
        const refused = catchFieldError(
          field.program,
          path,
          run,
          () => void routed.push(routeField(field, served, run, engine)),
        );
        if (refused !== undefined) run.tree[field.program.responseKey] = refused;
      }
      const bodies = new Map<string, string>();
      await Promise.all(
        [...groupByPlatform(routed).values()].map((group) =>
          callPlatform(
            group,
            fetch,
            writeBody(group, textOf(group.map(({ field }) => field)), bodies, run),
            run,
            engine,
          ),
        ),
      );
      await refillPages(routed, { ...fetch, operation }, run, engine);
      for (const { field, args, skipped, results } of routed) {
        const { responseKey } = field.program;
        const path = [responseKey];
        run.tree[responseKey] = catchFieldError(field.program, path, run, () =>
          mergeField(
            {
              program: field.program,
              results,
              args,
              path,
              paging: field.program.by === 'PAGE' ? { skipped, isLayered } : undefined,
            },
            run,
            engine,
          ),
        );
      }
      for (const rewrite of fetch.outputRewrites) applyRewrite(run.tree, rewrite, engine.isType);
    },
  };
}

function groupByPlatform(routed: readonly RoutedField[]): Map<string, (RoutedField & { target: RouteTarget })[]> {
  const calls = new Map<string, (RoutedField & { target: RouteTarget })[]>();
  for (const field of routed) {
    for (const target of field.targets) {
      const group = calls.get(target.platform.id) ?? [];
      group.push({ ...field, target });
      calls.set(target.platform.id, group);
    }
  }
  return calls;
}

/** Platforms that are asked for the same fields are sent the same text, which is written once. */
function writeBody(group: readonly RoutedField[], query: string, bodies: Map<string, string>, run: Run): string {
  let body = bodies.get(query);
  if (body !== undefined) return body;
  const variables: Record<string, unknown> = {};
  for (const { field, hiddenValues } of group) {
    for (const name of field.variables) variables[name] = run.rawVariables[name];
    for (const hidden of field.program.hidden) {
      variables[hidden.name] = hiddenValues[hidden.role];
    }
  }
  body = stringifyExact({ query, variables });
  bodies.set(query, body);
  return body;
}

async function callPlatform(
  group: readonly (RoutedField & { target: RouteTarget })[],
  { subgraph, outputRewrites }: RootFetch,
  body: string,
  run: Run,
  engine: ExecutionEngine,
): Promise<void> {
  const { target } = group[0]!;
  const record = run.ledger.call(target, () => [group[0]!.field.program.responseKey]);
  const answer = await engine.steps.call({ url: target.platform.url, target, subgraph, body, isMutation: false }, run);
  record.addElapsed(answer.elapsedMs);
  if (answer.kind === 'missing') {
    for (const { field, target: own, results } of group)
      results.push(createMissingResult(field.program, answer, own, record));
    return;
  }
  const first = group[0]!.field.program.responseKey;
  const toPath = (path: Path): Path => (path.length > 0 ? renamePath(path, outputRewrites) : [first]);
  const keys = group.map(({ field }) => field.program.responseKey);
  const folded = placeProblems(mergeRelayCoverage(answer, { target, record, toPath }, run), keys);
  // Each field has a region of its own: what it may hold is not what the first of the call may hold.
  for (const { field, target: own, results } of group)
    results.push(createAnsweredResult(field.program, answer, own, record, folded));
}
