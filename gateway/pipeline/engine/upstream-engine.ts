/**
 * What an engine does for a fetch of an upstream gateway: (route → fetch → gather). A fetch needs no planner. Values are
 * merged in a form that can be merged again: conforming, signing, cutting and withholding are left to the gateway that
 * has the client.
 */
import type { Region } from '@yiwang/schema';
import { getOperationAST } from 'graphql';
import { createCoverageCollector, createUpstreamFetches, type ExecutionEngine, type Run } from '../../execute/index.ts';
import { readVariableDefaults } from '../../kit/graphql/operation-variables.ts';
import type { Limits } from '../../model/limits.ts';
import { createFailureListener, type OnPlatformFailure } from '../../model/platform/platform-failure.ts';
import type { UpstreamOperation, UpstreamResult } from '../../model/platform/upstream.ts';
import type { JsonData } from '../../model/validated-operation.ts';
import type { EngineStages } from '../stages.ts';

export interface UpstreamEngineOptions {
  readonly engine: ExecutionEngine;
  readonly directory: () => Run['directory'];
  readonly organisations: () => Run['organisations'];
  readonly limits: Limits;
  /** Names the divisions of a region. */
  readonly namesOf: (region: Region) => readonly string[];
  readonly onPlatformFailure: OnPlatformFailure | undefined;
}

export interface PlannedFetch extends Run {
  readonly operation: UpstreamOperation;
}

export type UpstreamEngine = EngineStages<UpstreamOperation, PlannedFetch, UpstreamResult, JsonData>;

export function createUpstreamEngine(options: UpstreamEngineOptions): UpstreamEngine {
  const { engine, directory, organisations, limits, namesOf, onPlatformFailure } = options;
  const fetches = createUpstreamFetches(engine, limits);
  return {
    plan(operation) {
      const definition = getOperationAST(operation.document);
      const onFailure = createFailureListener(operation, onPlatformFailure);
      return {
        operation,
        directory: directory(),
        organisations: organisations(),
        recipient: 'gateway',
        scope: operation.rights,
        rawVariables: { ...(definition && readVariableDefaults(definition)), ...operation.variables },
        variables: operation.coerced,
        tree: {},
        rawData: undefined,
        collector: createCoverageCollector(limits, { namesOf, onFailure }),
        dueAt: performance.now() + operation.deadlineMs,
        signal: operation.signal,
        usage: { calls: 0, bytes: 0, serializedBytes: 0, serializedRows: 0 },
      };
    },
    execute: (planned) => fetches.run(planned.operation, planned),
    conform: ({ tree }) => ({ bytes: Buffer.from(JSON.stringify(tree)), rows: undefined }),
    respond: ({ collector }) => ({ errors: collector.errors, coverage: collector.toGatewayCoverage() }),
  };
}
