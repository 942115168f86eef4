/** An engine over toy platforms, and a short way to execute operations on it. */

import { createGraphQLScalars, EVERYWHERE, type PassportClaims, type Region, type Tier } from '@yiwang/schema';
import { composeSupergraph } from '@yiwang/schema/compose';
import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  parse,
  print,
} from 'graphql';
import { createCancelController } from '../../../kit/concurrency/cancel-controller.ts';
import { sha256 } from '../../../kit/crypto/digest.ts';
import { DEFAULT_LIMITS, type Limits } from '../../../model/limits.ts';
import type { PlatformEntry } from '../../../model/platform/network.ts';
import type { Rights } from '../../../model/rights.ts';
import type { EngineResult } from '../../../model/validated-operation.ts';
import { visibleCoverage } from '../../../pipeline/index.ts';
import { PATIENT_LIMITS } from '../patient-limits.ts';
import { startTestEngine, type TestEngineOptions } from '../test-engine.ts';
import { TOY_SDL, type ToyPlatform } from './toy-platform.ts';

export interface ToyEngine {
  ask(query: string, options?: ToyRequest): Promise<ToyAnswer>;
  /** Calls so far that went along with another's request. */
  readonly callsShared: number;
  close(): Promise<void>;
}

export type ToyAnswer = Omit<EngineResult, 'data'> & { readonly data: Record<string, unknown> | null };

export interface ToyRequest {
  readonly variables?: Record<string, unknown>;
  readonly rights?: Partial<Rights>;
  /** The name of the caller's view, whose schema is the whole one all the same; default `all`. */
  readonly view?: string;
  readonly completeness?: number;
  readonly explain?: boolean;
  readonly deadlineMs?: number;
}

export interface PlacedPlatform {
  readonly division: string;
  /** Default: the one. */
  readonly divisions?: readonly string[];
  /** A toy, or a gateway that stands for several. */
  readonly platform: Pick<ToyPlatform, 'url'>;
  readonly tier?: Tier;
}

/** Each division of the toy subgraph has one owner. */
export const TOY_SUPERGRAPH = compose(TOY_SDL);
/** The same, but every tier holds rows of its own over the same divisions. */
export const LAYERED_SUPERGRAPH = compose(
  parse(print(TOY_SDL).replace('type Row @key(fields: "id") @partitioned', '$&(layered: true)')),
);

function compose(sdl: DocumentNode): string {
  const composition = composeSupergraph([{ name: 'toy', sdl }]);
  if (composition.kind === 'failed') throw new Error(composition.errors.join('\n'));
  return composition.supergraph;
}

function viewOf(supergraph: string): GraphQLSchema {
  const schema = buildASTSchema(parse(supergraph), { assumeValidSDL: true });
  const { DivisionCode } = createGraphQLScalars();
  Object.assign(schema.getType('DivisionCode') as object, {
    parseValue: DivisionCode?.parseValue,
    parseLiteral: DivisionCode?.parseLiteral,
  });
  return schema;
}

export interface ToyEngineOptions {
  readonly supergraph?: string;
  /** Default: the bare claims. */
  readonly signPassport?: (claims: PassportClaims) => Promise<string>;
  /** Platforms for the whole country beside the toys. */
  readonly others?: readonly { readonly subgraph: string; readonly url: string }[];
  readonly planner?: TestEngineOptions['planner'];
  readonly onPlatformFailure?: TestEngineOptions['onPlatformFailure'];
  readonly conformance?: TestEngineOptions['conformance'];
}

export const EVERYBODY: Rights = {
  subject: 'tester',
  tier: 'NATIONAL',
  division: '100000',
  roles: [],
  audience: 'supervisor',
  region: EVERYWHERE,
  classes: ['OPEN', 'SHARED', 'INTERNAL', 'SENSITIVE'],
  unmasked: false,
  fingerprint: 'everybody',
};

export function rightsWithin(region: Region, division: string): Partial<Rights> {
  return { region, division, fingerprint: division };
}

/** Throws where the variables do not fit the operation. */
export function coerce(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Record<string, unknown>,
  operationName?: string,
): Record<string, unknown> {
  const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
  const { coerced, errors } = getVariableValues(schema, definitions, variables);
  if (coerced === undefined) throw new AggregateError(errors, 'variables that do not fit');
  return coerced;
}

const bareClaims = async (claims: PassportClaims) => JSON.stringify(claims);

/** The entry in a directory. */
export function toPlatformEntry({ division, divisions, platform, tier = 'MUNICIPAL' }: PlacedPlatform): PlatformEntry {
  const id = `toy${tier === 'MUNICIPAL' ? '' : `-${tier.toLowerCase()}`}/${division}`;
  const several = divisions ? { divisions } : {};
  return { id, name: division, tier, division, ...several, subgraphs: ['toy'], url: platform.url };
}

export async function startToyEngine(
  placed: readonly PlacedPlatform[],
  limits: Partial<Limits> = {},
  {
    supergraph = TOY_SUPERGRAPH,
    others = [],
    signPassport = bareClaims,
    planner,
    onPlatformFailure,
    conformance,
  }: ToyEngineOptions = {},
): Promise<ToyEngine> {
  const toys = placed.map(toPlatformEntry);
  const whole = others.map(
    ({ subgraph, url }): PlatformEntry => ({
      id: `${subgraph}/100000`,
      name: subgraph,
      tier: 'NATIONAL',
      division: '100000',
      subgraphs: [subgraph],
      url,
    }),
  );
  const engine = await startTestEngine({
    supergraph,
    network: { platforms: [...toys, ...whole] },
    signPassport,
    cursorSecret: 'a secret of the tests',
    limits: { ...DEFAULT_LIMITS, ...PATIENT_LIMITS, ...limits },
    standard: true,
    onPlatformFailure,
    conformance,
    ...(planner ? { planner } : {}),
  });
  const view = viewOf(supergraph);
  return {
    ask: async (query, question = {}) => {
      const { variables = {}, rights = {}, view: name = 'all' } = question;
      const { completeness = 0, explain = false, deadlineMs = PATIENT_LIMITS.operationDeadlineMs } = question;
      const document = parse(query);
      const answered = await engine.execute({
        document,
        hash: sha256(query),
        operationName: undefined,
        variables,
        coerced: coerce(view, document, variables),
        view: { name, schema: view },
        rights: { ...EVERYBODY, ...rights },
        completeness,
        explainCoverage: explain,
        deadlineMs,
        requestId: 'test',
        signal: createCancelController().signal,
      });
      const coverage = visibleCoverage(answered.coverage, explain);
      return { ...answered, coverage, data: answered.data && JSON.parse(answered.data.bytes.toString()) };
    },
    get callsShared() {
      return engine.callsShared;
    },
    close: () => engine.close(),
  };
}
