/**
 * Deferred fragments → incremental results, in the order in which they are ready: a fragment is serialized when its
 * parent is delivered and its fetches are over. Fragments within it follow.
 */
import type { GraphQLError, GraphQLObjectType } from 'graphql';
import type { DeferredFetches, Run } from '../../execute/index.ts';
import { parseCooperatively } from '../../kit/json/parse-cooperatively.ts';
import { type Path, PublicError, withPath } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import type { EngineResult, IncrementalPayload, IncrementalResult, JsonData } from '../../model/validated-operation.ts';
import {
  type DeferredFragment,
  type ResponseContext,
  type ResponseObject,
  restoreErrors,
  restoreKeys,
  restorePath,
} from '../../respond/index.ts';
import { BreachCollector, type Conformance } from './breach-collector.ts';
import { type SerializeLimits, serializeTree } from './serialize-response.ts';

/** A run whose first part is serialized. */
export interface DeferredRun {
  readonly run: Run;
  readonly fetches: DeferredFetches;
  readonly root: GraphQLObjectType;
  readonly fragments: readonly DeferredFragment[];
  readonly context: ResponseContext;
  readonly limits: SerializeLimits & Pick<Limits, 'breachErrorsMax'>;
  readonly conformance: Conformance | undefined;
}

interface PendingFragment {
  readonly fragment: DeferredFragment;
  readonly objects: readonly ResponseObject[];
}

interface SettledFragment extends PendingFragment {
  /** What stopped its fetches; undefined if they are over. */
  readonly refusal: unknown;
}

/** `first` is the data that the client has already. */
export async function* deliverIncrementally(
  deferred: DeferredRun,
  first: JsonData | null,
): AsyncGenerator<IncrementalResult> {
  const { run, fetches, root, limits } = deferred;
  const pending = new Map<DeferredFragment, Promise<SettledFragment>>();
  const schedule = (fragments: readonly DeferredFragment[], parents: readonly ResponseObject[]): void => {
    for (const fragment of fragments) {
      const done = fetches.get(fragment.id)?.done ?? Promise.resolve();
      const scheduled = { fragment, objects: parents.flatMap(fragment.findObjects) };
      const settled = done.then(
        () => ({ ...scheduled, refusal: undefined }),
        (refusal: unknown) => ({ ...scheduled, refusal }),
      );
      pending.set(fragment, settled);
    }
  };
  const initialData = await parseData(first, limits);
  schedule(
    deferred.fragments,
    initialData ? [{ object: run.tree, serialized: initialData, path: [], type: root }] : [],
  );
  while (pending.size > 0) {
    const settled = await Promise.race(pending.values());
    const { fragment } = settled;
    pending.delete(fragment);
    const payloads: IncrementalPayload[] = [];
    const delivered: ResponseObject[] = [];
    for (const object of settled.objects) {
      const payload = await serializeFragment(settled, object, deferred, payloads.length === 0);
      payloads.push(payload);
      const data = fragment.nested.length > 0 ? await parseData(payload.data, limits) : undefined;
      if (data) delivered.push({ ...object, serialized: data });
    }
    schedule(fragment.nested, delivered);
    if (pending.size > 0 && payloads.length > 0) yield { payloads, hasNext: true, coverage: undefined };
    if (pending.size === 0) yield lastResult(payloads, deferred);
  }
}

function lastResult(payloads: readonly IncrementalPayload[], { run, context }: DeferredRun): IncrementalResult {
  const { collector } = run;
  const result = { payloads, hasNext: false, coverage: collector.toCoverage(), withheld: collector.withheldGroups };
  return restoreKeys<IncrementalResult>(result, context);
}

/**
 * Errors of fetches go with the object that they name, and with the first object if they name none of the fragment's.
 */
async function serializeFragment(
  { fragment, objects, refusal }: SettledFragment,
  object: ResponseObject,
  { run, fetches, context, limits, conformance }: DeferredRun,
  isFirst: boolean,
): Promise<IncrementalPayload> {
  const { label } = fragment;
  const path = restorePath(object.path, context.keys);
  if (refusal !== undefined) return { label, path, data: null, errors: [refusal as GraphQLError] };
  const collector = fetches.get(fragment.id)?.collector ?? run.collector.createPart();
  const fetchErrors = collector.errors.filter((error) => {
    const isAt = (at: Path): boolean => at.every((key, i) => error.path?.[i] === key);
    return isAt(object.path) || (isFirst && !objects.some((other) => isAt(other.path)));
  });
  // A large payload is serialized twice, and reports its errors twice: a collector keeps each once.
  const shown = collector.createPart();
  const scoped = {
    isExplained: (below: Path) => shown.isExplained([...object.path, ...below]),
    isMissing: (below: Path) => shown.isMissing([...object.path, ...below]),
    addBreach: ({ code, message, path: below = [] }: PublicError) =>
      shown.addBreach(new PublicError(code, message, { path: [...object.path, ...below] })),
  };
  const part = { run, collector: shown, path: object.path };
  const breaches = conformance && new BreachCollector(part, { conformance, limits });
  try {
    const tree = { ...run, tree: object.object, collector: scoped, breaches };
    const data = await serializeTree(tree, fragment.serializerAt(object), limits);
    return { label, path, data, errors: restoreErrors([...fetchErrors, ...shown.errors], context) };
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return { label, path, data: null, errors: restoreErrors([withPath(error, object.path)], context) };
  }
}

async function parseData(
  data: EngineResult['data'],
  { parseSliceBytes }: Pick<Limits, 'parseSliceBytes'>,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (!data) return undefined;
  return (await parseCooperatively(data.bytes, parseSliceBytes)) as Readonly<Record<string, unknown>>;
}
