/** What the pipeline hands to the execution of plans, and what belongs to one run. */
import type { Disclosure, Region, SubgraphAddress } from '@yiwang/schema';
import type { FieldNode, GraphQLObjectType, GraphQLOutputType, GraphQLSchema, SelectionSetNode } from 'graphql';
import type { Signer } from '../kit/crypto/signer.ts';
import type { CheckContribution } from '../model/checks.ts';
import type { TypeMismatch } from '../model/errors.ts';
import type {
  Contribution,
  FieldProgram,
  IncompletePage,
  InvalidContribution,
  MergeContext,
  MergeResult,
  RequestedRows,
} from '../model/gather.ts';
import type { Limits } from '../model/limits.ts';
import type { OrganisationDirectory } from '../model/organisations/organisation-directory.ts';
import type { RouteTarget } from '../model/platform/network.ts';
import type { PlatformAnswer, PlatformRequest, RawData, RawDataExtractor } from '../model/platform/platform-answer.ts';
import type { SupergraphRules } from '../model/supergraph/supergraph-rules.ts';
import type { CancelSignal, OperationUsage, ValidatedOperation } from '../model/validated-operation.ts';
import type { CoverageCollector } from './coverage/coverage-collector.ts';
import type { NameHider } from './coverage/name-hider.ts';
import type { DeferredFetches } from './deferred-fetches.ts';
import type { ReferenceCache } from './reference-cache.ts';
import type { TreeObject, TypeTest } from './tree/tree.ts';

/** The steps that every fetch goes through, as the pipeline composes them. */
export interface FetchSteps {
  /** The platforms that answer for the region, by the directory of the run. */
  cover(address: SubgraphAddress, region: Region, run: Run): readonly RouteTarget[];
  /** What of the region no platform answers for, by the directory of the run. */
  unserved(address: SubgraphAddress, region: Region, run: Run): Region;
  call(request: PlatformRequest, run: Run): Promise<PlatformAnswer>;
  /** As `call`, but an answer whose data the extractor returns is not parsed. */
  callRaw(request: PlatformRequest, extractor: RawDataExtractor, run: Run): Promise<PlatformAnswer | RawData>;
  gather: GatherStep;
  /** Checks what a platform gave for a statistic before it is merged. Undefined without the checks of the standard. */
  readonly checkContribution?: CheckContribution | undefined;
  /** The first place at which the value is not of its type; undefined if there is none. */
  findTypeMismatch(value: unknown, type: GraphQLOutputType, node: FieldNode): TypeMismatch | undefined;
}

export interface GatherStep {
  compile(node: FieldNode, parent: GraphQLObjectType, number: number): FieldProgram;
  fieldsOf(selections: SelectionSetNode | undefined): FieldNode[];
  /** Merges the contributions. Those without the shape of the standard are left out, and returned by their index. */
  merge(
    program: FieldProgram,
    contributions: readonly Contribution[],
    context: MergeContext,
  ): MergeResult & { invalid: readonly InvalidContribution[] };
  /** The platforms that must be asked for more rows before a page that was asked for in shares is complete. */
  findIncomplete(
    program: FieldProgram,
    contributions: readonly Contribution[],
    requested: RequestedRows,
  ): readonly IncompletePage[];
}

/** What stays the same from run to run. */
export interface ExecutionEngine {
  readonly schema: GraphQLSchema;
  readonly rules: SupergraphRules;
  readonly steps: FetchSteps;
  readonly signer: Signer;
  readonly limits: Pick<
    Limits,
    'fanOutMax' | 'callsMax' | 'entitiesPerCallMax' | 'cursorBytesMax' | 'pageShareMin' | 'divisionsAskedMax'
  >;
  readonly referenceCache: ReferenceCache;
  readonly isType: TypeTest;
  /** True if all scalars are the standard's. */
  readonly isStandard: boolean;
  /** Removes the names that a view does not show from messages of subgraphs. */
  readonly nameHiderOf: (view: GraphQLSchema) => NameHider;
  /** How statistics are shown to everybody but officials. */
  readonly disclosure: Disclosure;
}

/** Which platforms answer for a region. */
export interface Directory {
  cover(address: SubgraphAddress, region: Region): readonly RouteTarget[];
  unserved(address: SubgraphAddress, region: Region): Region;
}

/** One operation in execution. */
export interface Run {
  readonly operation: ValidatedOperation;
  /** The directory at its start. A reload does not change it: no answer is put together by two directories. */
  readonly directory: Directory;
  /** The organisation directory at its start, by which rows with a credit code are found. */
  readonly organisations: OrganisationDirectory;
  /** The answer for an upstream gateway is merged there with others: nothing of it is signed, cut or withheld here. */
  readonly recipient: 'client' | 'gateway';
  /** What the gateway routes and checks by: the caller's region, and the division that it belongs to. */
  readonly scope: { readonly region: Region; readonly division: string };
  /** As the client sent them: for platforms. */
  readonly rawVariables: Readonly<Record<string, unknown>>;
  /** Coerced: for arguments that the gateway reads itself. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly tree: TreeObject;
  /** JSON text of `data` as the server sent it, if the answer passes to the client unread. */
  rawData: Buffer | undefined;
  readonly collector: CoverageCollector;
  /** Undefined if nothing is deferred. */
  readonly deferredFetches?: DeferredFetches | undefined;
  /** Milliseconds of `performance.now()` by which the answer is due. */
  readonly dueAt: number;
  readonly signal: CancelSignal;
  /** Shared by all parts of the run. */
  readonly usage: OperationUsage;
}

/**
 * A node of a compiled plan. Writes to the run's tree; what goes wrong is in its coverage. Rejects if the operation is
 * refused.
 */
export type PlanStep = (run: Run) => Promise<void>;
