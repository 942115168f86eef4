/** An engine with a platform client and a directory of its own, for tests without a gateway. */
import type { PassportClaims } from '@yiwang/schema';
import { createPlatformClient } from '../../fetch/index.ts';
import type { Network } from '../../model/platform/network.ts';
import type { EngineResult, JsonData, ValidatedOperation } from '../../model/validated-operation.ts';
import {
  createEngine,
  createOperationPipeline,
  type EngineOptions,
  type PlannedOperation,
  RequestContext,
} from '../../pipeline/index.ts';
import { createDirectory } from '../../route/index.ts';
import { readSupergraph } from '../../supergraph/index.ts';

export interface TestEngineOptions extends Omit<EngineOptions, 'platformClient' | 'directory' | 'supergraph'> {
  /** SDL. */
  readonly supergraph: string;
  /** False for a supergraph that does not follow the standard. */
  readonly standard: boolean;
  /** Labels of `@override` that are on, besides the percentages. Default: none. */
  readonly overrideLabels?: readonly string[];
  /** Undefined for a supergraph whose subgraphs have plain addresses. */
  readonly network: Network | undefined;
  readonly signPassport: (claims: PassportClaims) => Promise<string>;
}

export interface TestEngine {
  /** All that follows admission. */
  execute(operation: ValidatedOperation): Promise<EngineResult>;
  /** Operations that begin later go by this map. */
  useNetwork(network: Network): void;
  /** Calls so far that went along with another's request. */
  readonly callsShared: number;
  close(): Promise<void>;
}

export async function startTestEngine(options: TestEngineOptions): Promise<TestEngine> {
  const { network, signPassport, standard, overrideLabels, ...rest } = options;
  let directory = createDirectory(network ?? { platforms: [] });
  const platformClient = createPlatformClient({ signPassport, limits: options.limits });
  const engine = await createEngine({
    ...rest,
    supergraph: readSupergraph(options.supergraph, { isStandard: standard, overrideLabels }),
    platformClient,
    directory: () => directory,
  });
  const run = createOperationPipeline<
    ValidatedOperation,
    ValidatedOperation,
    PlannedOperation,
    EngineResult,
    JsonData | null
  >({
    admit: (operation) => ({ kind: 'admitted', operation }),
    ...engine.query,
  });
  return {
    async execute(operation) {
      const result = await run(operation, createTestContext());
      if ('kind' in result) throw new Error('what is admitted is not refused');
      return result;
    },
    useNetwork: (next) => {
      directory = createDirectory(next);
    },
    get callsShared() {
      return platformClient.state().callsSharedTotal;
    },
    async close() {
      engine.close();
      await platformClient.close();
    },
  };
}

function createTestContext(): RequestContext {
  return new RequestContext({ at: 0, startedMs: 0, caller: { kind: 'anonymous', key: 'test' } }, 'test');
}
