/** A root fetch on a partitioned subgraph: each root field is routed on its own, and each platform asked once for all of its. */
import type { JurisdictionForm, Region, SubgraphAddress } from '@yiwang/schema';
import { intersect, regionOfKey } from '@yiwang/schema';
import { getNamedType, isNonNullType, parse } from 'graphql';
import { inlineFragments } from '../kit/inline-fragments.ts';
import type { Answer } from '../model/answer.ts';
import type { Path } from '../model/errors.ts';
import type { FieldProgram, HiddenVariable } from '../model/gather.ts';
import type { RootFetch } from '../model/plan.ts';
import { boundedRegion } from './bounded.ts';
import type { Engine, Run, Target } from './context.ts';
import { type Missed, NONE_MISSED } from './cursor.ts';
import { refusable, type Share, settleField } from './field.ts';
import { type CallRecord, faultOf } from './ledger.ts';
import { type Folded, foldRelayed } from './relayed.ts';
import { applyRewrite, renamedPath } from './tree.ts';
import { coverRegion, operationText, readCursor, type Unit, unitOf } from './unit.ts';

export interface RootProgram {
  run(run: Run): Promise<void>;
}

/** A root field in one run: where it goes, and what came of it. */
interface Routed {
  readonly unit: Unit;
  readonly args: Readonly<Record<string, unknown>>;
  /** Whose rows the pages before this one went without. */
  readonly missed: Missed;
  readonly targets: readonly Target[];
  readonly hiddenValues: HiddenValues;
  readonly shares: Share[];
}

type Answered = Extract<Answer, { kind: 'answered' }>;
type HiddenValues = Readonly<Record<HiddenVariable['holds'], unknown>>;

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

/** Throws a `PublicError` where the arguments are refused. */
function routeUnit(unit: Unit, served: SubgraphAddress, run: Run, engine: Engine): Routed {
  const { program } = unit;
  const args = unit.readArguments(run);
  program.check(args);
  const rule = engine.rules.jurisdiction('Query', program.definition.name);
  const named = rule && args[rule.argument];
  const region =
    rule && named !== null && named !== undefined
      ? namedRegion(program, rule.form, String(named), run, engine)
      : run.reach.region;
  const cursor = readCursor(program, args, run, engine);
  const hiddenValues: HiddenValues = {
    position: cursor?.position ?? null,
    top: null,
    within: named ?? run.reach.division,
  };
  const targets = coverRegion(served, region, run, engine);
  return { unit, args, missed: cursor?.missed ?? NONE_MISSED, targets, hiddenValues, shares: [] };
}

/** A division beyond the own scope is refused, never silently narrowed; an id beyond it is simply not found. */
function namedRegion(program: FieldProgram, form: JurisdictionForm, named: string, run: Run, engine: Engine): Region {
  if (form === 'WITHIN') return boundedRegion(named, run);
  const region = regionOfKey(form, named);
  return isPublicRow(program, engine) ? region : intersect(region, run.reach.region);
}

function isPublicRow(program: FieldProgram, engine: Engine): boolean {
  return engine.rules.entityKey(getNamedType(program.definition.type).name)?.isPublic ?? false;
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
  body = JSON.stringify({ query, variables });
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
    for (const { unit, shares } of here) shares.push(missingShare(unit, answer, target, record));
    return;
  }
  const first = here[0]!.unit.program.responseKey;
  const toPath = (path: Path): Path => (path.length > 0 ? renamedPath(path, outputRewrites) : [first]);
  const folded = foldRelayed(answer, { target, record, toPath }, run);
  for (const { unit, shares } of here) shares.push(shareOf(unit, answer, target, record, folded));
}

function missingShare(
  { program: { responseKey } }: Unit,
  answer: Extract<Answer, { kind: 'missing' }>,
  target: Target,
  record: CallRecord,
): Share {
  record.fault(faultOf(answer), [responseKey]);
  const parts = [{ record, isMissing: true }];
  return { target, region: target.asked, record, value: undefined, problems: [], mayBeNull: true, parts };
}

function shareOf(unit: Unit, { data }: Answered, target: Target, record: CallRecord, folded: Folded): Share {
  const { responseKey, definition } = unit.program;
  const problems = folded.answer.problems.filter(({ path }) => path === undefined || path[0] === responseKey);
  const value = data[responseKey] ?? null;
  if (folded.below) {
    const parts = folded.below.map((part) => ({ record: part.record, isMissing: part.lacking.has(responseKey) }));
    // A gateway leaves out what none of its platforms gave, and has said so of each.
    const isGap = !(responseKey in data) && parts.every(({ isMissing }) => isMissing);
    return { target, region: target.asked, record, value: isGap ? undefined : value, problems, mayBeNull: true, parts };
  }
  const mayBeNull = responseKey in data && !isNonNullType(definition.type);
  const parts = [{ record, isMissing: value === null && (problems.length > 0 || !mayBeNull) }];
  return { target, region: target.asked, record, value, problems, mayBeNull, parts };
}
