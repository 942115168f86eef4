/** An engine with a courier and a directory of its own, as tests without a gateway want it. */
import type { PassportClaims } from '@yiwang/schema';
import { createPlatformClient } from '../../fetch/index.ts';
import type { Network } from '../../model/network.ts';
import { createEngine, type Engine, type EngineOptions } from '../../pipeline/engine.ts';
import { createDirectory } from '../../route/index.ts';

export interface TestEngineOptions extends Omit<EngineOptions, 'platformClient' | 'directory'> {
  /** Undefined for a supergraph whose subgraphs have plain addresses. */
  readonly network: Network | undefined;
  readonly signPassport: (claims: PassportClaims) => Promise<string>;
}

export interface TestEngine extends Omit<Engine, 'close'> {
  /** Operations that begin later go by this map. */
  useNetwork(network: Network): void;
  /** Calls so far that went along with another's request. */
  readonly callsShared: number;
  close(): Promise<void>;
}

export async function startTestEngine(options: TestEngineOptions): Promise<TestEngine> {
  const { network, signPassport, ...rest } = options;
  let directory = createDirectory(network ?? { platforms: [] });
  const platformClient = createPlatformClient({ signPassport, limits: options.limits });
  const engine = await createEngine({ ...rest, platformClient, directory: () => directory });
  return {
    ...engine,
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
