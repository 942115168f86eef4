/** The order of the steps for a fetch of a gateway above, one that has been admitted: (route → fetch → gather), and no more. */
import type { Region } from '@yiwang/schema';
import { getOperationAST } from 'graphql';
import { createCoverageCollector, createUpstreamFetches, type ExecutionEngine, type Run } from '../execute/index.ts';
import { defaultsOf } from '../kit/graphql/variable-defaults.ts';
import type { Limits } from '../model/limits.ts';
import { createFailureListener, type OnPlatformFailure } from '../model/platform-failure.ts';
import type { UpstreamOperation, UpstreamResult } from '../model/upstream.ts';

export interface UpstreamExecutorOptions {
  readonly engine: ExecutionEngine;
  readonly directory: () => Run['directory'];
  readonly limits: Limits;
  /** The divisions that make up a region. */
  readonly namesOf: (region: Region) => readonly string[];
  readonly onPlatformFailure: OnPlatformFailure | undefined;
}

/** Conforming and printing are for the gateway that has the client: values go up as they came, merged. */
export function createUpstreamExecutor({
  engine,
  directory,
  limits,
  namesOf,
  onPlatformFailure,
}: UpstreamExecutorOptions): (asked: UpstreamOperation) => Promise<UpstreamResult> {
  const relay = createUpstreamFetches(engine, limits);
  return async (asked) => {
    const operation = getOperationAST(asked.document);
    const collector = createCoverageCollector(limits, {
      namesOf,
      onFailure: createFailureListener(asked, onPlatformFailure),
    });
    const run: Run = {
      asked,
      directory: directory(),
      recipient: 'gateway',
      scope: asked.rights,
      rawVariables: { ...(operation && defaultsOf(operation)), ...asked.variables },
      variables: asked.coerced,
      tree: {},
      rawData: undefined,
      collector,
      dueAt: performance.now() + asked.deadlineMs,
      signal: asked.signal,
      spent: { calls: 0, bytes: 0, printedBytes: 0, printedRows: 0 },
    };
    const data = await relay.run(asked, run);
    return { data, errors: collector.errors, coverage: collector.toGatewayCoverage() };
  };
}
