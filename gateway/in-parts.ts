/**
 * The order of the steps for what is deferred: each part is printed when what is around it is out and its fetches are over, whichever
 * is first; parts within it follow.
 */
import type { GraphQLError, GraphQLObjectType } from 'graphql';
import type { PartsUnderWay, Run } from './execute/index.ts';
import { parseInSlices } from './kit/parse-in-slices.ts';
import { type Path, PublicError, withPath } from './model/errors.ts';
import type { Limits } from './model/limits.ts';
import type { Answered, Later, LaterEntry, PrintedData } from './model/request.ts';
import { type PrintLimits, printTree } from './print-tree.ts';
import {
  type AnswerPlace,
  type Part,
  type PlannedOperation,
  restoreErrors,
  restoreKeys,
  restorePath,
} from './respond/index.ts';

/** A run whose primary part is printed. */
export interface Deferral {
  readonly run: Run;
  readonly underWay: PartsUnderWay;
  readonly root: GraphQLObjectType;
  readonly parts: readonly Part[];
  readonly asked: PlannedOperation;
  readonly limits: PrintLimits;
}

interface Waiting {
  readonly part: Part;
  readonly places: readonly AnswerPlace[];
}

interface Ready extends Waiting {
  /** What stopped its fetches; undefined where they are over. */
  readonly refusal: unknown;
}

/** `first` is what the client has already. */
export async function* answerLater(deferral: Deferral, first: PrintedData | null): AsyncGenerator<Later> {
  const { run, underWay, root, limits } = deferral;
  const pending = new Map<Part, Promise<Ready>>();
  const open = (parts: readonly Part[], around: readonly AnswerPlace[]): void => {
    for (const part of parts) {
      const done = underWay.part(part.id)?.done ?? Promise.resolve();
      const ready = { part, places: around.flatMap(part.find) };
      const settled = done.then(
        () => ({ ...ready, refusal: undefined }),
        (refusal: unknown) => ({ ...ready, refusal }),
      );
      pending.set(part, settled);
    }
  };
  const given = await readGiven(first, limits);
  open(deferral.parts, given ? [{ object: run.tree, given, path: [], type: root }] : []);
  while (pending.size > 0) {
    const ready = await Promise.race(pending.values());
    const { part } = ready;
    pending.delete(part);
    const entries: LaterEntry[] = [];
    const shown: AnswerPlace[] = [];
    for (const place of ready.places) {
      const entry = await printPart(ready, place, deferral, entries.length === 0);
      entries.push(entry);
      const below = part.parts.length > 0 ? await readGiven(entry.data, limits) : undefined;
      if (below) shown.push({ ...place, given: below });
    }
    open(part.parts, shown);
    if (pending.size > 0 && entries.length > 0) yield { entries, hasNext: true, coverage: undefined };
    if (pending.size === 0) yield last(entries, deferral);
  }
}

function last(entries: readonly LaterEntry[], { run, asked }: Deferral): Later {
  const coverage = run.ledger.coverage({ all: run.asked.explainCoverage });
  return restoreKeys({ entries, hasNext: false, coverage, withheld: run.ledger.withheldGroups }, asked);
}

/** Errors of fetches go with the object that they name, and with the first where they name none of the part's. */
async function printPart(
  { part, places, refusal }: Ready,
  place: AnswerPlace,
  { run, underWay, asked, limits }: Deferral,
  isFirst: boolean,
): Promise<LaterEntry> {
  const path = restorePath(place.path, asked.keys);
  if (refusal !== undefined) return { label: part.label, path, data: null, errors: [refusal as GraphQLError] };
  const ledger = underWay.part(part.id)?.ledger ?? run.ledger.part();
  const told = ledger.errors.filter((error) => {
    const isAt = (at: Path): boolean => at.every((key, i) => error.path?.[i] === key);
    return isAt(place.path) || (isFirst && !places.some((other) => isAt(other.path)));
  });
  // What is too big for one go is begun again, and its errors with it: a ledger keeps each once.
  const shown = ledger.part();
  const within = {
    explains: (below: Path) => shown.explains([...place.path, ...below]),
    isGap: (below: Path) => shown.isGap([...place.path, ...below]),
    breach: ({ code, message, path: below = [] }: PublicError) =>
      shown.breach(new PublicError(code, message, { path: [...place.path, ...below] })),
  };
  const printable = { ...run, tree: place.object, ledger: within };
  try {
    const data = await printTree(printable, part.printAt(place), limits);
    return { label: part.label, path, data, errors: restoreErrors([...told, ...shown.errors], asked) };
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return { label: part.label, path, data: null, errors: restoreErrors([withPath(error, place.path)], asked) };
  }
}

async function readGiven(
  data: Answered['data'],
  { parseSliceBytes }: Pick<Limits, 'parseSliceBytes'>,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (!data) return undefined;
  return (await parseInSlices(data.bytes, parseSliceBytes)) as Readonly<Record<string, unknown>>;
}
