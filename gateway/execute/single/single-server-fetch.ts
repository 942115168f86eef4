/** A root fetch that one server answers whole: of a plain subgraph, or of one that is not partitioned. */
import { parse, type SelectionSetNode } from 'graphql';
import { inlineFragments } from '../../kit/graphql/inline-fragments.ts';
import { responseKeyOf, selectedFields } from '../../kit/graphql/selections.ts';
import type { Path } from '../../model/errors.ts';
import type { RootFetch } from '../../model/plan.ts';
import type { Problem, RawDataExtractor } from '../../model/platform/platform-answer.ts';
import type { SubgraphLocation } from '../../model/supergraph/supergraph-rules.ts';
import { callPlatform } from '../call/call-platform.ts';
import { findDestination } from '../call/destination.ts';
import type { AnswerReader, FetchCall, PresentAnswer } from '../call/fetch-call.ts';
import { mayReturnLongNumbers } from '../call/long-numbers.ts';
import {
  createNoPlatformError,
  logMissing,
  reportMissing,
  reportProblem,
  reportUnplaced,
} from '../call/report-problems.ts';
import { compileRequestBody, type WriteRequestBody } from '../call/request-body.ts';
import { findScopedFields, isOutOfScope, removeFields } from '../call/scope-check.ts';
import type { ExecutionEngine, PlanStep, Run } from '../context.ts';
import { mergeInto } from '../tree/merge.ts';
import { compilePrune, type Prune, type SharedPaths } from '../tree/prune.ts';
import { applyRewrite, renamePath } from '../tree/rewrite.ts';
import type { TreeObject } from '../tree/tree.ts';

export interface SingleServerOptions {
  /** Lets answers pass to the client unread. */
  readonly extractor?: RawDataExtractor;
  /** The paths that other fetches write to, too. */
  readonly shared?: SharedPaths;
}

/** The fields of a fetch that are sent, and how their answer is read. */
interface SingleServerRequest {
  readonly fetch: RootFetch;
  readonly location: SubgraphLocation;
  readonly keys: readonly string[];
  readonly writeBody: WriteRequestBody;
  readonly isExact: boolean;
  readonly reader: AnswerReader<undefined>;
}

export function compileSingleServerFetch(
  fetch: RootFetch,
  location: SubgraphLocation,
  engine: ExecutionEngine,
  { extractor, shared }: SingleServerOptions = {},
): PlanStep {
  const operation = inlineFragments(parse(fetch.operation, { noLocation: true }));
  const { selectionSet: selection } = operation;
  const allKeys = selectedFields(selection).map(responseKeyOf);
  const scopedFields = location.kind === 'directory' ? findScopedFields(operation, engine) : [];
  const prune = shared && compilePrune(operation.selectionSet, [fetch.at ?? []], shared);
  const isExact = mayReturnLongNumbers(operation, engine);
  const compile = (keys: readonly string[], text: string, ownExtractor?: RawDataExtractor): SingleServerRequest => {
    const reader = createReader({ fetch, keys, prune, extractor: ownExtractor, selection }, engine);
    return { fetch, location, keys, writeBody: compileRequestBody(text, fetch.variables), isExact, reader };
  };
  const whole = compile(allKeys, fetch.operation, extractor);
  /** Undefined if no field is in the caller's scope. */
  const requestInScope = (run: Run): SingleServerRequest | undefined => {
    const outOfScope = scopedFields.filter((field) => isOutOfScope(field, run, engine.limits));
    if (outOfScope.length === 0) return whole;
    const keys = allKeys.filter((key) => !outOfScope.some(({ responseKey }) => responseKey === key));
    return keys.length === 0 ? undefined : compile(keys, removeFields(operation, outOfScope));
  };
  return async (run) => {
    const request = requestInScope(run);
    if (request) await send(request, run, engine);
  };
}

function send(
  { fetch, location, keys, writeBody, isExact, reader }: SingleServerRequest,
  run: Run,
  engine: ExecutionEngine,
): Promise<void> | undefined {
  const { subgraph } = fetch;
  const destination = findDestination(location, run, engine);
  if (!destination) {
    for (const key of keys) run.collector.addNoPlatform(createNoPlatformError(subgraph, [key]));
    return undefined;
  }
  const call: FetchCall<undefined> = {
    url: destination.url,
    target: destination.target,
    subgraph,
    body: writeBody(run.rawVariables),
    isMutation: fetch.operationKind === 'mutation',
    isExact,
    run,
    part: undefined,
    record: undefined,
  };
  return callPlatform(call, reader, engine);
}

interface ReaderOptions {
  readonly fetch: RootFetch;
  /** Response keys of the fields that are sent. */
  readonly keys: readonly string[];
  readonly prune: Prune | undefined;
  readonly extractor: RawDataExtractor | undefined;
  readonly selection: SelectionSetNode;
}

function createReader(options: ReaderOptions, engine: ExecutionEngine): AnswerReader<undefined> {
  const { fetch, keys, prune, extractor, selection } = options;
  const firstPath = keys.slice(0, 1);
  return {
    extractor,
    addClaims: (claims, { run }, record) => claims.addValue(run.tree, selection, record.giverOf(undefined), false),
    toClientPath: (path) => (path.length === 0 ? firstPath : renamePath(path, fetch.outputRewrites)),
    readMissing: (answer, call) => {
      logMissing(answer, firstPath, call);
      const pathsOf = (problem: Problem): readonly Path[] => clientPaths(problem, options);
      for (const key of keys) reportMissing(answer, [key], pathsOf, call, engine);
    },
    readAnswer: ({ data }, problems, call) => {
      for (const problem of problems) {
        const [path] = clientPaths(problem, options);
        if (path) reportProblem(problem, path, call, engine);
        else reportUnplaced(problem, { empty: findEmptyPath(keys, data), otherwise: firstPath }, call, engine);
      }
      const copy: TreeObject = { ...data };
      prune?.(copy);
      for (const rewrite of fetch.outputRewrites) applyRewrite(copy, rewrite, engine.isType);
      mergeInto(call.run.tree, copy, engine.isType);
    },
  };
}

/** Where the client sees the field that the problem names; empty if it names none of the fetch. */
function clientPaths({ path }: Problem, { fetch, keys }: ReaderOptions): readonly Path[] {
  const isNamed = path !== undefined && keys.includes(String(path[0]));
  return isNamed ? [renamePath(path, fetch.outputRewrites)] : [];
}

/** The first root field without a value. */
function findEmptyPath(keys: readonly string[], data: PresentAnswer['data']): Path | undefined {
  const key = keys.find((each) => data[each] === null || data[each] === undefined);
  return key === undefined ? undefined : [key];
}
