/** A root fetch that one server answers whole: a plain subgraph, or one that is not partitioned. */
import { EVERYWHERE } from '@yiwang/schema';
import { Kind, parse, type SelectionSetNode } from 'graphql';
import { inlineFragments } from '../kit/inline-fragments.ts';
import type { AcceptData, Problem } from '../model/answer.ts';
import type { Path } from '../model/errors.ts';
import type { RootFetch } from '../model/plan.ts';
import type { Home } from '../model/supergraph.ts';
import { boundedFields, isRefused, withoutFields } from './bounded.ts';
import { compileBody, type WriteBody } from './call-body.ts';
import type { Engine, Run, Target } from './context.ts';
import { mayGiveLongNumbers } from './long-numbers.ts';
import { compilePrune, type Prune, type SharedPlaces } from './prune.ts';
import { foldRelayed } from './relayed.ts';
import { noPlatform, reportMissing, reportProblem, reportUnplaced, tellMissing } from './report.ts';
import { applyRewrite, mergeInto, renamedPath, type TreeObject } from './tree.ts';

/** Where a fetch that is not partitioned goes. */
export type Server = { readonly url: string; readonly target: Target | undefined };

/** Undefined where the directory has no platform for the subgraph. */
export function serverOf(home: Home, run: Run, engine: Engine): Server | undefined {
  if (home.kind === 'address') return { url: home.url, target: undefined };
  const target = engine.steps.cover(home, EVERYWHERE, run)[0];
  return target && { url: target.platform.url, target };
}

export interface PlainProgram {
  run(run: Run): Promise<void>;
}

/** A fetch of root fields, and how its requests are written. */
interface Errand {
  readonly fetch: RootFetch;
  readonly home: Home;
  readonly keys: readonly string[];
  readonly writeBody: WriteBody;
  /** Says whether the answer is what the client gets; undefined where it cannot be. */
  readonly accept: AcceptData | undefined;
  readonly isExact: boolean;
  readonly prune: Prune | undefined;
}

export interface PlainOptions {
  readonly accept?: AcceptData;
  /** The places that other fetches write to, too. */
  readonly shared?: SharedPlaces;
}

export function compilePlain(
  fetch: RootFetch,
  home: Home,
  engine: Engine,
  { accept, shared }: PlainOptions = {},
): PlainProgram {
  const operation = inlineFragments(parse(fetch.operation, { noLocation: true }));
  const keys = rootKeys(operation.selectionSet);
  const bounded = home.kind === 'directory' ? boundedFields(operation, engine) : [];
  const prune = shared && compilePrune(operation.selectionSet, [fetch.at ?? []], shared);
  const isExact = mayGiveLongNumbers(operation, engine);
  const whole = { fetch, home, keys, writeBody: compileBody(fetch.operation, fetch.variables), accept, isExact, prune };
  return {
    run: async (run) => {
      const refused = bounded.filter((field) => isRefused(field, run));
      if (refused.length === 0) return runPlain(whole, run, engine);
      const asked = keys.filter((key) => !refused.some(({ responseKey }) => responseKey === key));
      if (asked.length === 0) return;
      const writeBody = compileBody(withoutFields(operation, refused), fetch.variables);
      await runPlain({ fetch, home, keys: asked, writeBody, accept: undefined, isExact, prune }, run, engine);
    },
  };
}

async function runPlain(errand: Errand, run: Run, engine: Engine): Promise<void> {
  const { fetch, home, keys, writeBody, isExact } = errand;
  const server = serverOf(home, run, engine);
  if (!server) {
    for (const key of keys) run.ledger.noPlatform(noPlatform(fetch.subgraph, [key]));
    return;
  }
  const record = server.target && run.ledger.call(server.target, () => keys.slice(0, 1));
  const isMutation = fetch.operationKind === 'mutation';
  const call = { ...server, subgraph: fetch.subgraph, body: writeBody(run.rawVariables), isMutation, isExact };
  const { accept } = errand;
  const answer = await (accept ? engine.steps.callPrinted(call, accept, run) : engine.steps.call(call, run));
  record?.took(answer.elapsedMs);
  if (answer.kind === 'printed') {
    run.printed = answer.data;
    return;
  }
  const reporting = { record, subgraph: fetch.subgraph, run, engine };
  if (answer.kind === 'missing') {
    tellMissing(answer, keys.slice(0, 1), reporting);
    for (const key of keys) reportMissing(answer, [key], (problem) => rootPaths(problem, errand), reporting);
    return;
  }
  const toPath = (path: Path): Path => (path.length === 0 ? keys.slice(0, 1) : renamedPath(path, fetch.outputRewrites));
  const { problems } = foldRelayed(answer, { target: server.target, record, toPath }, run).answer;
  for (const problem of problems) {
    const [path] = rootPaths(problem, errand);
    if (path) reportProblem(problem, path, reporting);
    else reportUnplaced(problem, { empty: emptyPath(errand, answer.data), otherwise: keys.slice(0, 1) }, reporting);
  }
  const data = { ...answer.data } as TreeObject;
  errand.prune?.(data);
  for (const rewrite of fetch.outputRewrites) applyRewrite(data, rewrite, engine.isType);
  mergeInto(run.tree, data, engine.isType);
}

/** Where the client sees the field that the problem names; none for one that names none of the fetch. */
function rootPaths({ path }: Problem, { fetch, keys }: Errand): readonly Path[] {
  const isNamed = path !== undefined && keys.includes(String(path[0]));
  return isNamed ? [renamedPath(path, fetch.outputRewrites)] : [];
}

/** The first root field without a value. */
function emptyPath({ keys }: Errand, data: Readonly<Record<string, unknown>>): Path | undefined {
  const key = keys.find((each) => data[each] === null || data[each] === undefined);
  return key === undefined ? undefined : [key];
}

function rootKeys({ selections }: SelectionSetNode): string[] {
  return selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return node.alias?.value ?? node.name.value;
    return node.kind === Kind.INLINE_FRAGMENT ? rootKeys(node.selectionSet) : [];
  });
}
