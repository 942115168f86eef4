/** A root fetch on a partitioned subgraph: each root field is routed on its own, and each platform asked once for all of its. */
import type { SubgraphAddress } from '@yiwang/schema';
import { parse } from 'graphql';
import { stringifyExact } from '../kit/exact-numbers.ts';
import { inlineFragments } from '../kit/inline-fragments.ts';
import type { Path } from '../model/errors.ts';
import type { RootFetch } from '../model/plan.ts';
import type { Engine, Run, Target } from './context.ts';
import { refusable, settleField } from './field.ts';
import { refillPages } from './refill.ts';
import { foldRelayed } from './relayed.ts';
import { missingShare, placeProblems, shareOf } from './root-answer.ts';
import { type Routed, routeUnit } from './routed.ts';
import { applyRewrite, renamedPath } from './tree.ts';
import { operationText, type Unit, unitOf } from './unit.ts';

export interface RootProgram {
  run(run: Run): Promise<void>;
}

export function compileRoot(fetch: RootFetch, served: SubgraphAddress, engine: Engine): RootProgram {
  const operation = inlineFragments(parse(fetch.operation, { noLocation: true }));
  const parent = engine.schema.getQueryType();
  if (!parent || fetch.operationKind !== 'query') {
    throw new Error(`${served.subgraph} is partitioned and can only be queried`);
  }
  const units = engine.steps.gather
    .fieldsOf(operation.selectionSet)
    // The name of the root type is known here.
    .filter(({ name }) => name.value !== '__typename')
    .map((node, number) => unitOf(engine.steps.gather.compile(node, parent, number)));
  const isLayered = served.partition === 'tier-and-division';
  const texts = new Map<string, string>();
  const textOf = (chosen: readonly Unit[]): string => {
    const key = chosen.map((unit) => units.indexOf(unit)).join();
    let text = texts.get(key);
    if (text === undefined) {
      text = operationText(operation, chosen);
      texts.set(key, text);
    }
    return text;
  };

  return {
    run: async (run) => {
      const routed: Routed[] = [];
      for (const unit of units) {
        const path = [unit.program.responseKey];
        const refused = refusable(
          unit.program,
          path,
          run,
          () => void routed.push(routeUnit(unit, served, run, engine)),
        );
        if (refused !== undefined) run.tree[unit.program.responseKey] = refused;
      }
      const bodies = new Map<string, string>();
      await Promise.all(
        [...byPlatform(routed).values()].map((here) =>
          callPlatform(here, fetch, bodyFor(here, textOf(here.map(({ unit }) => unit)), bodies, run), run, engine),
        ),
      );
      await refillPages(routed, { ...fetch, operation }, run, engine);
      for (const { unit, args, missed, shares } of routed) {
        const { responseKey } = unit.program;
        const path = [responseKey];
        run.tree[responseKey] = refusable(unit.program, path, run, () =>
          settleField(
            {
              program: unit.program,
              shares,
              args,
              path,
              paging: unit.program.by === 'PAGE' ? { missed, isLayered } : undefined,
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

function byPlatform(routed: readonly Routed[]): Map<string, (Routed & { target: Target })[]> {
  const calls = new Map<string, (Routed & { target: Target })[]>();
  for (const unit of routed) {
    for (const target of unit.targets) {
      const here = calls.get(target.platform.id) ?? [];
      here.push({ ...unit, target });
      calls.set(target.platform.id, here);
    }
  }
  return calls;
}

/** Platforms that are asked for the same fields are sent the same text, which is written once. */
function bodyFor(here: readonly Routed[], query: string, bodies: Map<string, string>, run: Run): string {
  let body = bodies.get(query);
  if (body !== undefined) return body;
  const variables: Record<string, unknown> = {};
  for (const { unit, hiddenValues } of here) {
    for (const name of unit.variables) variables[name] = run.rawVariables[name];
    for (const hidden of unit.program.hidden) {
      variables[hidden.name] = hiddenValues[hidden.holds];
    }
  }
  body = stringifyExact({ query, variables });
  bodies.set(query, body);
  return body;
}

async function callPlatform(
  here: readonly (Routed & { target: Target })[],
  { subgraph, outputRewrites }: RootFetch,
  body: string,
  run: Run,
  engine: Engine,
): Promise<void> {
  const { target } = here[0]!;
  const record = run.ledger.call(target, () => [here[0]!.unit.program.responseKey]);
  const answer = await engine.steps.call({ url: target.platform.url, target, subgraph, body, isMutation: false }, run);
  record.took(answer.elapsedMs);
  if (answer.kind === 'missing') {
    for (const { unit, target: own, shares } of here) shares.push(missingShare(unit.program, answer, own, record));
    return;
  }
  const first = here[0]!.unit.program.responseKey;
  const toPath = (path: Path): Path => (path.length > 0 ? renamedPath(path, outputRewrites) : [first]);
  const keys = here.map(({ unit }) => unit.program.responseKey);
  const folded = placeProblems(foldRelayed(answer, { target, record, toPath }, run), keys);
  // Each field has a region of its own: what it may hold is not what the first of the call may hold.
  for (const { unit, target: own, shares } of here) shares.push(shareOf(unit.program, answer, own, record, folded));
}
