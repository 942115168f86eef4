/** Pages whose platforms were asked for a share of their rows → what is still to come before they are sure, asked for all at once. */
import type { OperationDefinitionNode } from 'graphql';
import { stringifyExact } from '../kit/exact-numbers.ts';
import type { Path } from '../model/errors.ts';
import type { Lacking } from '../model/gather.ts';
import type { RootFetch } from '../model/plan.ts';
import type { Engine, Run } from './context.ts';
import { contributionOf, nonconforming, type Part, type Share } from './field.ts';
import { foldRelayed } from './relayed.ts';
import { missingShare, placeProblems, shareOf } from './root-answer.ts';
import type { Routed } from './routed.ts';
import { renamedPath } from './tree.ts';
import { operationText, type Worded } from './unit.ts';

/** A platform that must be asked for more of one field. */
interface Want {
  readonly routed: Routed;
  readonly refill: Worded;
  /** What it gave at first. */
  readonly share: Share;
  readonly lacking: Lacking;
}

/** The fetch of the fields, with its operation parsed. */
export interface RefillCall extends Pick<RootFetch, 'subgraph' | 'outputRewrites'> {
  readonly operation: OperationDefinitionNode;
}

/** Each platform is asked once for all of its fields; what it gives, or does not, is added to its shares. */
export async function refillPages(
  routed: readonly Routed[],
  call: RefillCall,
  run: Run,
  engine: Engine,
): Promise<void> {
  const calls = new Map<string, Want[]>();
  for (const want of routed.flatMap((unit) => wantsOf(unit, engine))) {
    const { id } = want.share.target.platform;
    const here = calls.get(id);
    if (here) here.push(want);
    else calls.set(id, [want]);
  }
  await Promise.all([...calls.values()].map((here) => askForMore(here, call, run, engine)));
}

function wantsOf(routed: Routed, { steps }: Engine): Want[] {
  const { unit, shares, rowsAsked } = routed;
  const { program, refill } = unit;
  if (!rowsAsked || !refill) return [];
  const present = shares.filter(({ value }) => value !== null && value !== undefined);
  const lacking = steps.gather.lacking(program, present.map(contributionOf), rowsAsked);
  return lacking.map((one) => ({ routed, refill, share: present[one.index]!, lacking: one }));
}

async function askForMore(here: readonly Want[], call: RefillCall, run: Run, engine: Engine): Promise<void> {
  const { target, record } = here[0]!.share;
  const { subgraph, operation, outputRewrites } = call;
  const fields = here.map(({ refill }) => refill);
  const body = stringifyExact({ query: operationText(operation, fields), variables: variablesOf(here, run) });
  const answer = await engine.steps.call({ url: target.platform.url, target, subgraph, body, isMutation: false }, run);
  record.took(answer.elapsedMs);
  if (answer.kind === 'missing') {
    for (const want of here) add(want, missingShare(want.refill.program, answer, want.share.target, record), false);
    return;
  }
  const first = here[0]!.refill.program.responseKey;
  const toPath = (path: Path): Path => (path.length > 0 ? renamedPath(path, outputRewrites) : [first]);
  const keys = here.map(({ refill }) => refill.program.responseKey);
  const folded = placeProblems(foldRelayed(answer, { target, record, toPath }, run), keys);
  for (const want of here) {
    const { program } = want.refill;
    const more = shareOf(program, answer, want.share.target, record, folded);
    const goesOn = program.refill?.goesOn(contributionOf(more), want.lacking.after) ?? false;
    const isUnsaid = !goesOn && more.value !== undefined && more.problems.length === 0;
    if (isUnsaid) record.fault(nonconforming(program, more.value, engine, BEFORE), [program.responseKey]);
    add(want, more, goesOn);
  }
}

const BEFORE = 'expected rows after the last one that it gave before';

function variablesOf(here: readonly Want[], run: Run): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  for (const { routed, refill, lacking } of here) {
    for (const name of refill.variables) variables[name] = run.rawVariables[name];
    const values = { ...routed.hiddenValues, first: lacking.rows, position: lacking.after };
    for (const { name, holds } of refill.program.hidden) variables[name] = values[holds];
  }
  return variables;
}

/** What it gave at first stays, whatever becomes of the rest. */
function add({ routed: { shares }, share }: Want, more: Share, goesOn: boolean): void {
  shares[shares.indexOf(share)] = {
    ...share,
    refill: goesOn ? more.value : undefined,
    problems: [...share.problems, ...more.problems],
    parts: partsOf(share, more, goesOn),
  };
}

/** Whoever was missing in either exchange is; where the second came to nothing, all who took part in the first are. */
function partsOf(share: Share, more: Share, goesOn: boolean): Part[] {
  const parts = new Map(share.parts.map(({ record, isMissing }) => [record, isMissing || !goesOn]));
  if (!goesOn) parts.set(share.record, true);
  for (const { record, isMissing } of more.parts) parts.set(record, isMissing || (parts.get(record) ?? false));
  return [...parts].map(([record, isMissing]) => ({ record, isMissing }));
}
