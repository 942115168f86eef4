/** What went wrong at a subgraph → the ledger: a platform's fault is counted in coverage, a plain subgraph's is an error alone. */

import { type Path, PublicError, SubgraphError } from '../../model/errors.ts';
import type { Problem } from '../../model/platform-answer.ts';
import type { ExecutionEngine, Run } from '../context.ts';
import { faultOfMissing, faultOfProblem } from '../coverage/faults.ts';
import type { FetchCall, MissingAnswer } from './fetch-call.ts';

/** Who was called, and for which operation. */
export type ReportedCall = Pick<FetchCall<unknown>, 'record' | 'subgraph' | 'run'>;

/** `pathsOf`: where the client sees a problem that names its place; none for one that does not, which is told at `at`. */
export function reportMissing(
  answer: MissingAnswer,
  at: Path,
  pathsOf: (problem: Problem) => readonly Path[],
  { record, run }: ReportedCall,
  engine: ExecutionEngine,
): void {
  if (record) {
    record.addFault(faultOfMissing(answer), at);
    run.collector.markMissing(at);
    return;
  }
  if (answer.problems.length === 0) run.collector.addError(new PublicError(answer.code, answer.reason, { path: at }));
  for (const problem of answer.problems) {
    const paths = pathsOf(problem);
    for (const path of paths.length > 0 ? paths : [at]) {
      run.collector.addError(toSubgraphError(problem, path, run, engine));
    }
  }
}

/** An answer that did not come from a plain subgraph, for the log; what it reported itself is told by the errors. */
export function logMissing(
  { status, code, reason, problems, elapsedMs }: MissingAnswer,
  path: Path,
  { record, subgraph, run }: ReportedCall,
): void {
  if (record || problems.length > 0) return;
  run.collector.reportFailure({ platform: subgraph, status, code, reason, path, elapsedMs });
}

/** A problem whose place is known. */
export function reportProblem(
  problem: Problem,
  path: Path,
  { record, run }: ReportedCall,
  engine: ExecutionEngine,
): void {
  if (record) {
    record.addFault(faultOfProblem(problem), path);
    run.collector.markMissing(path);
  } else run.collector.addFieldError(toSubgraphError(problem, path, run, engine));
}

/**
 * A problem that names no place: told at `empty`, a place that has no value, and for a plain subgraph at no place where all have theirs. Coverage
 * always names one: `otherwise`.
 */
export function reportUnplaced(
  problem: Problem,
  { empty, otherwise }: { readonly empty: Path | undefined; readonly otherwise: Path },
  { record, run }: ReportedCall,
  engine: ExecutionEngine,
): void {
  if (!record) {
    run.collector.addError(toSubgraphError(problem, empty, run, engine));
    return;
  }
  const path = empty ?? otherwise;
  record.addFault(faultOfProblem(problem), path);
  run.collector.markMissing(path);
}

function toSubgraphError(problem: Problem, path: Path | undefined, run: Run, engine: ExecutionEngine): SubgraphError {
  const hide = engine.nameHiderOf(run.asked.view.schema);
  const extensions = hide.inValue({ code: problem.code, ...problem.extensions }) as Readonly<Record<string, unknown>>;
  return new SubgraphError(hide.inText(problem.message), { path, extensions });
}

export function createNoPlatformError(subgraph: string, path: Path): PublicError {
  return new PublicError('PLATFORM_UNREACHABLE', `no platform in the directory serves "${subgraph}"`, { path });
}
