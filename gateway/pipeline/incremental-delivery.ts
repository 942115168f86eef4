/**
 * The order of the steps for what is deferred: each part is printed when what is around it is out and its fetches are over, whichever
 * is first; parts within it follow.
 */
import type { GraphQLError, GraphQLObjectType } from 'graphql';
import type { DeferredFetches, Run } from '../execute/index.ts';
import { parseCooperatively } from '../kit/json/parse-cooperatively.ts';
import { type Path, PublicError, withPath } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import type { EngineResult, IncrementalPayload, IncrementalResult, JsonData } from '../model/validated-operation.ts';
import {
  type DeferredFragment,
  type ResponseContext,
  type ResponseObject,
  restoreErrors,
  restoreKeys,
  restorePath,
} from '../respond/index.ts';
import { type SerializeLimits, serializeTree } from './serialize-response.ts';

/** A run whose primary part is printed. */
export interface DeferredRun {
  readonly run: Run;
  readonly underWay: DeferredFetches;
  readonly root: GraphQLObjectType;
  readonly parts: readonly DeferredFragment[];
  readonly asked: ResponseContext;
  readonly limits: SerializeLimits;
}

interface PendingPart {
  readonly part: DeferredFragment;
  readonly places: readonly ResponseObject[];
}

interface SettledPart extends PendingPart {
  /** What stopped its fetches; undefined where they are over. */
  readonly refusal: unknown;
}

/** `first` is what the client has already. */
export async function* deliverIncrementally(
  deferral: DeferredRun,
  first: JsonData | null,
): AsyncGenerator<IncrementalResult> {
  const { run, underWay, root, limits } = deferral;
  const pending = new Map<DeferredFragment, Promise<SettledPart>>();
  const schedule = (parts: readonly DeferredFragment[], around: readonly ResponseObject[]): void => {
    for (const part of parts) {
      const done = underWay.get(part.id)?.done ?? Promise.resolve();
      const settledPart = { part, places: around.flatMap(part.findObjects) };
      const settled = done.then(
        () => ({ ...settledPart, refusal: undefined }),
        (refusal: unknown) => ({ ...settledPart, refusal }),
      );
      pending.set(part, settled);
    }
  };
  const initialData = await parseData(first, limits);
  schedule(deferral.parts, initialData ? [{ object: run.tree, serialized: initialData, path: [], type: root }] : []);
  while (pending.size > 0) {
    const settledPart = await Promise.race(pending.values());
    const { part } = settledPart;
    pending.delete(part);
    const entries: IncrementalPayload[] = [];
    const deliveredPlaces: ResponseObject[] = [];
    for (const place of settledPart.places) {
      const entry = await serializePart(settledPart, place, deferral, entries.length === 0);
      entries.push(entry);
      const nestedData = part.nested.length > 0 ? await parseData(entry.data, limits) : undefined;
      if (nestedData) deliveredPlaces.push({ ...place, serialized: nestedData });
    }
    schedule(part.nested, deliveredPlaces);
    if (pending.size > 0 && entries.length > 0) yield { payloads: entries, hasNext: true, coverage: undefined };
    if (pending.size === 0) yield lastResult(entries, deferral);
  }
}

function lastResult(entries: readonly IncrementalPayload[], { run, asked }: DeferredRun): IncrementalResult {
  const coverage = run.collector.toCoverage({ all: run.asked.explainCoverage });
  return restoreKeys({ payloads: entries, hasNext: false, coverage, withheld: run.collector.withheldGroups }, asked);
}

/** Errors of fetches go with the object that they name, and with the first where they name none of the part's. */
async function serializePart(
  { part, places, refusal }: SettledPart,
  place: ResponseObject,
  { run, underWay, asked, limits }: DeferredRun,
  isFirst: boolean,
): Promise<IncrementalPayload> {
  const path = restorePath(place.path, asked.keys);
  if (refusal !== undefined) return { label: part.label, path, data: null, errors: [refusal as GraphQLError] };
  const collector = underWay.get(part.id)?.collector ?? run.collector.createPart();
  const partErrors = collector.errors.filter((error) => {
    const isAt = (at: Path): boolean => at.every((key, i) => error.path?.[i] === key);
    return isAt(place.path) || (isFirst && !places.some((other) => isAt(other.path)));
  });
  // A part too large to be written without a pause is begun again, and its errors with it: a collector keeps each once.
  const shown = collector.createPart();
  const scopedCollector = {
    isExplained: (below: Path) => shown.isExplained([...place.path, ...below]),
    isMissing: (below: Path) => shown.isMissing([...place.path, ...below]),
    addBreach: ({ code, message, path: below = [] }: PublicError) =>
      shown.addBreach(new PublicError(code, message, { path: [...place.path, ...below] })),
  };
  const printable = { ...run, tree: place.object, collector: scopedCollector };
  try {
    const data = await serializeTree(printable, part.serializerAt(place), limits);
    return { label: part.label, path, data, errors: restoreErrors([...partErrors, ...shown.errors], asked) };
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return { label: part.label, path, data: null, errors: restoreErrors([withPath(error, place.path)], asked) };
  }
}

async function parseData(
  data: EngineResult['data'],
  { parseSliceBytes }: Pick<Limits, 'parseSliceBytes'>,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (!data) return undefined;
  return (await parseCooperatively(data.bytes, parseSliceBytes)) as Readonly<Record<string, unknown>>;
}
