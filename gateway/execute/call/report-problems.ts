/**
 * Problems of a server → coverage and errors. A platform's fault is listed in coverage; a plain subgraph's is only an
 * error.
 */

import { type Path, PublicError, SubgraphError } from '../../model/errors.ts';
import type { MissingAnswer, Problem } from '../../model/platform/platform-answer.ts';
import type { ExecutionEngine, Run } from '../context.ts';
import { faultOfMissing, faultOfProblem } from '../coverage/faults.ts';
import type { FetchCall } from './fetch-call.ts';

/** Who was called, and for which operation. */
export type ReportedCall = Pick<FetchCall<unknown>, 'record' | 'subgraph' | 'run'>;

/**
 * `pathsOf`: where the client sees a problem; none if the problem names no place. Such a problem is reported at `at`.
 */
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

/** Logs that the answer of a plain subgraph is missing. Problems that it reported itself are errors, and not logged. */
export function logMissing(
  { status, code, reason, problems, elapsedMs }: MissingAnswer,
  path: Path,
  { record, subgraph, run }: ReportedCall,
): void {
  if (record || problems.length > 0) return;
  run.collector.reportFailure({ platform: subgraph, status, code, reason, path, elapsedMs });
}

/** For a problem whose place is known. */
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
 * For a problem that names no place. It is reported at `empty`, the first place without a value. If all have values, a
 * platform's problem is reported at `otherwise`, since coverage names a path, and a plain subgraph's at no place.
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
  const nameHider = engine.nameHiderOf(run.operation.view.schema);
  const extensions = nameHider.inValue({ code: problem.code, ...problem.extensions }) as Readonly<
    Record<string, unknown>
  >;
  return new SubgraphError(nameHider.inText(problem.message), { path, extensions });
}

export function createNoPlatformError(subgraph: string, path: Path): PublicError {
  return new PublicError('PLATFORM_UNREACHABLE', `no platform in the directory serves "${subgraph}"`, { path });
}
