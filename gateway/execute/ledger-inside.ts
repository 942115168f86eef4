/** A ledger for a fetch whose fields belong to objects inside the answer: its paths begin at each of them. */
import type { GraphQLError } from 'graphql';
import { type Path, withPath } from '../model/errors.ts';
import type { Ledger } from './ledger.ts';

/** `places`: one at least. Coverage and amounts are told of the first. */
export function ledgerInside(ledger: Ledger, places: readonly Path[]): Ledger {
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
    failed: (failure) => ledger.failed({ ...failure, path: locate(failure.path) }),
    fieldError: (given) => atEach((path) => ledger.fieldError(withPath(given, path)), given.path ?? []),
    silence: (path) => atEach(ledger.silence, path),
    withheld: (path, disclosure) => ledger.withheld(locate(path), disclosure),
    gap: (path) => atEach(ledger.gap, path),
    isGap: (path) => ledger.isGap(locate(path)),
    explains: (path) => ledger.explains(locate(path)),
  };
}
