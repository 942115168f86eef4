/** A separate engine over the platforms of a running network. */
import { readFileSync } from 'node:fs';
import { organisationsFileOf } from '@yiwang/gateway/config/keys.ts';
import { createPassportSigner } from '@yiwang/gateway/identify/index.ts';
import { createCancelController } from '@yiwang/gateway/kit/concurrency/cancel-controller.ts';
import { DEFAULT_LIMITS } from '@yiwang/gateway/model/limits.ts';
import { createOrganisationDirectory } from '@yiwang/gateway/model/organisations/organisation-directory.ts';
import type { Rights } from '@yiwang/gateway/model/rights.ts';
import { readOrganisationsCopy } from '@yiwang/gateway/start/organisations/organisations-copy.ts';
import { createGraphQLScalars, regionOf } from '@yiwang/schema';
import { parse } from 'graphql';
import { readWholeView } from '../../../gateway/tests/support/read-views.ts';
import { startTestEngine, type TestEngineOptions } from '../../../gateway/tests/support/test-engine.ts';
import type { RunningNetwork } from '../../demo/network/start-network.ts';
import type { Answer } from './network-client.ts';

const SUPERGRAPH = readFileSync(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8');

export interface EngineOverNetwork {
  ask(query: string, rights: Rights): Promise<Answer>;
  close(): Promise<void>;
}

export async function startEngineOverNetwork(
  { network, keys, folder }: RunningNetwork,
  options: Partial<TestEngineOptions>,
): Promise<EngineOverNetwork> {
  const copy = (await readOrganisationsCopy(organisationsFileOf(folder)))!;
  const organisations = createOrganisationDirectory(copy.organisations);
  const engine = await startTestEngine({
    organisations: () => organisations,
    supergraph: SUPERGRAPH,
    network,
    signPassport: createPassportSigner(keys.passport, 60_000),
    cursorSecret: 'a secret of the tests',
    limits: DEFAULT_LIMITS,
    standard: true,
    ...options,
  });
  const view = readWholeView(SUPERGRAPH, createGraphQLScalars());
  return {
    ask: async (query, rights) => {
      const operation = { document: parse(query), hash: query, operationName: undefined, variables: {}, coerced: {} };
      const rest = {
        view,
        rights,
        completeness: 0,
        explainCoverage: true,
        deadlineMs: 10_000,
        requestId: 'test',
        signal: createCancelController().signal,
      };
      const { data, ...result } = await engine.execute({ ...operation, ...rest });
      return JSON.parse(JSON.stringify({ ...result, data: data && JSON.parse(data.bytes.toString()) })) as Answer;
    },
    close: () => engine.close(),
  };
}

/** A supervisor of the division. */
export function rightsOf(subject: string, division: string): Rights {
  return {
    subject,
    tier: 'MUNICIPAL',
    division,
    roles: [],
    audience: 'supervisor',
    region: regionOf(division),
    classes: ['OPEN', 'SHARED', 'INTERNAL', 'SENSITIVE'],
    unmasked: false,
    fingerprint: subject,
  };
}
