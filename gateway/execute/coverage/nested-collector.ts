/** A ledger for a fetch whose fields belong to objects inside the answer: its paths begin at each of them. */
import type { GraphQLError } from 'graphql';
import { type Path, withPath } from '../../model/errors.ts';
import type { CoverageCollector } from './coverage-collector.ts';

/** `places`: one at least. Coverage and amounts are told of the first. */
export function createNestedCollector(ledger: CoverageCollector, places: readonly Path[]): CoverageCollector {
  const first = places[0] ?? [];
  const locate = (path: Path): Path => [...first, ...path];
  const atEach = (tell: (path: Path) => void, path: Path): void => {
    for (const place of places) tell([...place, ...path]);
  };
  const error = (given: GraphQLError): void => {
    // It is of no place in the answer.
    if (given.path === undefined) ledger.error(given);
    else atEach((path) => ledger.error(withPath(given, path)), given.path);
  };
  return {
    ...ledger,
    call: (called, path) => ledger.call(called, () => locate(path()), { locate, onError: error }),
    error,
    reportFailure: (failure) => ledger.reportFailure({ ...failure, path: locate(failure.path) }),
    addFieldError: (given) => atEach((path) => ledger.addFieldError(withPath(given, path)), given.path ?? []),
    suppress: (path) => atEach(ledger.suppress, path),
    addWithheld: (path, disclosure) => ledger.addWithheld(locate(path), disclosure),
    markMissing: (path) => atEach(ledger.markMissing, path),
    isGap: (path) => ledger.isGap(locate(path)),
    explains: (path) => ledger.explains(locate(path)),
  };
}
