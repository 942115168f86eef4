/** The order of the steps for a fetch of a gateway above, one that has been admitted: (route → fetch → gather), and no more. */
import type { Region } from '@yiwang/schema';
import { getOperationAST } from 'graphql';
import { createLedger, createRelay, type Engine, type Run } from './execute/index.ts';
import { defaultsOf } from './kit/variables-of.ts';
import { failureListener, type OnPlatformFailure } from './model/failure.ts';
import type { Limits } from './model/limits.ts';
import type { RelayAsked, Relayed } from './model/relay.ts';

export interface RelayOptions {
  readonly engine: Engine;
  readonly directory: () => Run['directory'];
  readonly limits: Limits;
  /** The divisions that make up a region. */
  readonly namesOf: (region: Region) => readonly string[];
  readonly onPlatformFailure: OnPlatformFailure | undefined;
}

/** Conforming and printing are for the gateway that has the client: values go up as they came, merged. */
export function createRelaying({
  engine,
  directory,
  limits,
  namesOf,
  onPlatformFailure,
}: RelayOptions): (asked: RelayAsked) => Promise<Relayed> {
  const relay = createRelay(engine, limits);
  return async (asked) => {
    const operation = getOperationAST(asked.document);
    const ledger = createLedger(limits, { namesOf, onFailure: failureListener(asked, onPlatformFailure) });
    const run: Run = {
      asked,
      directory: directory(),
      form: 'relay',
      reach: asked.rights,
      rawVariables: { ...(operation && defaultsOf(operation)), ...asked.variables },
      variables: asked.coerced,
      tree: {},
      printed: undefined,
      ledger,
      dueAt: performance.now() + asked.deadlineMs,
      signal: asked.signal,
      spent: { calls: 0, bytes: 0, printedBytes: 0, printedRows: 0 },
    };
    const data = await relay.run(asked, run);
    return { data, errors: ledger.errors, coverage: ledger.relayedCoverage() };
  };
}
