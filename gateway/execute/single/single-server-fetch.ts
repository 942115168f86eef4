/** A root fetch that one server answers whole: a plain subgraph, or one that is not partitioned. */
import { EVERYWHERE } from '@yiwang/schema';
import { Kind, parse, type SelectionSetNode } from 'graphql';
import { inlineFragments } from '../../kit/graphql/inline-fragments.ts';
import type { Path } from '../../model/errors.ts';
import type { RootFetch } from '../../model/plan.ts';
import type { Problem, RawDataExtractor } from '../../model/platform-answer.ts';
import type { SubgraphLocation } from '../../model/supergraph.ts';
import { mayReturnLongNumbers } from '../call/long-numbers.ts';
import { mergeRelayCoverage } from '../call/merge-relay-coverage.ts';
import {
  createNoPlatformError,
  logMissing,
  reportMissing,
  reportProblem,
  reportUnplaced,
} from '../call/report-problems.ts';
import { compileRequestBody, type WriteRequestBody } from '../call/request-body.ts';
import { findScopedFields, isOutOfScope, removeFields } from '../call/scope-check.ts';
import type { ExecutionEngine, RouteTarget, Run } from '../context.ts';
import { compilePrune, type Prune, type SharedPaths } from '../tree/prune.ts';
import { applyRewrite, mergeInto, renamePath, type TreeObject } from '../tree/tree.ts';

/** Where a fetch that is not partitioned goes. */
export type Destination = { readonly url: string; readonly target: RouteTarget | undefined };

/** Undefined where the directory has no platform for the subgraph. */
export function findDestination(home: SubgraphLocation, run: Run, engine: ExecutionEngine): Destination | undefined {
  if (home.kind === 'address') return { url: home.url, target: undefined };
  const target = engine.steps.cover(home, EVERYWHERE, run)[0];
  return target && { url: target.platform.url, target };
}

export interface SingleServerFetch {
  run(run: Run): Promise<void>;
}

/** A fetch of root fields, and how its requests are written. */
interface SingleServerRequest {
  readonly fetch: RootFetch;
  readonly home: SubgraphLocation;
  readonly keys: readonly string[];
  readonly writeBody: WriteRequestBody;
  /** Says whether the answer is what the client gets; undefined where it cannot be. */
  readonly accept: RawDataExtractor | undefined;
  readonly isExact: boolean;
  readonly prune: Prune | undefined;
}

export interface SingleServerOptions {
  readonly accept?: RawDataExtractor;
  /** The places that other fetches write to, too. */
  readonly shared?: SharedPaths;
}

export function compileSingleServerFetch(
  fetch: RootFetch,
  home: SubgraphLocation,
  engine: ExecutionEngine,
  { accept, shared }: SingleServerOptions = {},
): SingleServerFetch {
  const operation = inlineFragments(parse(fetch.operation, { noLocation: true }));
  const keys = rootKeys(operation.selectionSet);
  const scopedFields = home.kind === 'directory' ? findScopedFields(operation, engine) : [];
  const prune = shared && compilePrune(operation.selectionSet, [fetch.at ?? []], shared);
  const isExact = mayReturnLongNumbers(operation, engine);
  const request = {
    fetch,
    home,
    keys,
    writeBody: compileRequestBody(fetch.operation, fetch.variables),
    accept,
    isExact,
    prune,
  };
  return {
    run: async (run) => {
      const outOfScope = scopedFields.filter((field) => isOutOfScope(field, run));
      if (outOfScope.length === 0) return runSingleServerFetch(request, run, engine);
      const remainingKeys = keys.filter((key) => !outOfScope.some(({ responseKey }) => responseKey === key));
      if (remainingKeys.length === 0) return;
      const writeBody = compileRequestBody(removeFields(operation, outOfScope), fetch.variables);
      await runSingleServerFetch(
        { fetch, home, keys: remainingKeys, writeBody, accept: undefined, isExact, prune },
        run,
        engine,
      );
    },
  };
}

async function runSingleServerFetch(request: SingleServerRequest, run: Run, engine: ExecutionEngine): Promise<void> {
  const { fetch, home, keys, writeBody, isExact } = request;
  const destination = findDestination(home, run, engine);
  if (!destination) {
    for (const key of keys) run.ledger.addNoPlatform(createNoPlatformError(fetch.subgraph, [key]));
    return;
  }
  const record = destination.target && run.ledger.call(destination.target, () => keys.slice(0, 1));
  const isMutation = fetch.operationKind === 'mutation';
  const call = { ...destination, subgraph: fetch.subgraph, body: writeBody(run.rawVariables), isMutation, isExact };
  const { accept } = request;
  const answer = await (accept ? engine.steps.callRaw(call, accept, run) : engine.steps.call(call, run));
  record?.addElapsed(answer.elapsedMs);
  if (answer.kind === 'raw') {
    run.rawData = answer.data;
    return;
  }
  const reporting = { record, subgraph: fetch.subgraph, run, engine };
  if (answer.kind === 'missing') {
    logMissing(answer, keys.slice(0, 1), reporting);
    for (const key of keys) reportMissing(answer, [key], (problem) => clientPaths(problem, request), reporting);
    return;
  }
  const toPath = (path: Path): Path => (path.length === 0 ? keys.slice(0, 1) : renamePath(path, fetch.outputRewrites));
  const { problems } = mergeRelayCoverage(answer, { target: destination.target, record, toPath }, run).answer;
  for (const problem of problems) {
    const [path] = clientPaths(problem, request);
    if (path) reportProblem(problem, path, reporting);
    else
      reportUnplaced(problem, { empty: findEmptyPath(request, answer.data), otherwise: keys.slice(0, 1) }, reporting);
  }
  const data = { ...answer.data } as TreeObject;
  request.prune?.(data);
  for (const rewrite of fetch.outputRewrites) applyRewrite(data, rewrite, engine.isType);
  mergeInto(run.tree, data, engine.isType);
}

/** Where the client sees the field that the problem names; none for one that names none of the fetch. */
function clientPaths({ path }: Problem, { fetch, keys }: SingleServerRequest): readonly Path[] {
  const isNamed = path !== undefined && keys.includes(String(path[0]));
  return isNamed ? [renamePath(path, fetch.outputRewrites)] : [];
}

/** The first root field without a value. */
function findEmptyPath({ keys }: SingleServerRequest, data: Readonly<Record<string, unknown>>): Path | undefined {
  const key = keys.find((each) => data[each] === null || data[each] === undefined);
  return key === undefined ? undefined : [key];
}

function rootKeys({ selections }: SelectionSetNode): string[] {
  return selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return node.alias?.value ?? node.name.value;
    return node.kind === Kind.INLINE_FRAGMENT ? rootKeys(node.selectionSet) : [];
  });
}
