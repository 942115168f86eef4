/** What the execution of plans is handed by the pipeline, and what belongs to one run. */
import type { Disclosure, Region, SubgraphAddress } from '@yiwang/schema';
import type { FieldNode, GraphQLObjectType, GraphQLOutputType, GraphQLSchema, SelectionSetNode } from 'graphql';
import type { Signer } from '../kit/crypto/signer.ts';
import type { Path } from '../model/errors.ts';
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
import type { PlatformEntry } from '../model/network.ts';
import type { PlatformAnswer, RawData, RawDataExtractor } from '../model/platform-answer.ts';
import type { SupergraphRules } from '../model/supergraph.ts';
import type { CancelSignal, OperationUsage, ValidatedOperation } from '../model/validated-operation.ts';
import type { CoverageCollector } from './coverage/coverage-collector.ts';
import type { NameHider } from './coverage/hide-names.ts';
import type { DeferredFetches } from './deferred-fetches.ts';
import type { ReferenceCache } from './reference-cache.ts';
import type { TreeObject, TypeTest } from './tree/tree.ts';

/** A platform that a fetch goes to, and the part of the asked region that is its own. */
export interface RouteTarget {
  readonly platform: PlatformEntry;
  readonly owns: Region;
  readonly asked: Region;
}

/** The steps that execution goes through for every fetch, as the pipeline composed them. */
export interface FetchSteps {
  /** By the directory with which the run began, as is `unserved`. */
  cover(served: SubgraphAddress, region: Region, run: Run): readonly RouteTarget[];
  /** What of the region nobody answers for. */
  unserved(served: SubgraphAddress, region: Region, run: Run): Region;
  call(call: PlatformCall, run: Run): Promise<PlatformAnswer>;
  /** As `call`, but an answer that is accepted stays as it was sent. */
  callRaw(call: PlatformCall, accept: RawDataExtractor, run: Run): Promise<PlatformAnswer | RawData>;
  gather: GatherStep;
  /** The first place in a value where it is not what was asked for; undefined where its types are right. */
  findTypeMismatch(value: unknown, type: GraphQLOutputType, node: FieldNode): TypeMismatch | undefined;
}

export interface TypeMismatch {
  /** From the value down. */
  readonly path: Path;
  /** A type, as the schema writes it. */
  readonly expected: string;
}

export interface GatherStep {
  compile(node: FieldNode, parent: GraphQLObjectType, number: number): FieldProgram;
  fieldsOf(selections: SelectionSetNode | undefined): FieldNode[];
  /** The contributions made one; those without the shape of the standard are left out and named by their index. */
  merge(
    program: FieldProgram,
    contributions: readonly Contribution[],
    context: MergeContext,
  ): MergeResult & { bad: readonly InvalidContribution[] };
  /** Who must be asked for more before a page that was asked for in shares is sure. */
  findIncomplete(
    program: FieldProgram,
    contributions: readonly Contribution[],
    asked: RequestedRows,
  ): readonly IncompletePage[];
}

export interface PlatformCall {
  readonly url: string;
  /** Undefined for a subgraph with a plain address, which gets no passport. */
  readonly target: RouteTarget | undefined;
  /** The subgraph, one of those that the server serves, that the query is for. */
  readonly subgraph: string;
  /** JSON text of the request: its query and variables. */
  readonly body: string;
  /** True for what changes something: it is sent once, and for one caller alone. */
  readonly isMutation: boolean;
  /** True where the data may hold numbers that a double does not. */
  readonly isExact?: boolean;
}

/** What stays the same from run to run. */
export interface ExecutionEngine {
  readonly schema: GraphQLSchema;
  readonly rules: SupergraphRules;
  readonly steps: FetchSteps;
  readonly signer: Signer;
  readonly limits: Pick<Limits, 'fanOutMax' | 'callsMax' | 'entitiesPerCallMax' | 'cursorBytesMax' | 'pageShareMin'>;
  readonly referenceCache: ReferenceCache;
  readonly isType: TypeTest;
  /** True where all scalars are the standard's. */
  readonly isStandard: boolean;
  /** Takes what a view does not show out of what subgraphs say. */
  readonly nameHiderOf: (view: GraphQLSchema) => NameHider;
  /** How statistics are shown to all but officials. */
  readonly disclosure: Disclosure;
}

/** Which platforms answer for a region. */
export interface Directory {
  cover(served: SubgraphAddress, region: Region): readonly RouteTarget[];
  unserved(served: SubgraphAddress, region: Region): Region;
}

/** One operation under way. */
export interface Run {
  readonly asked: ValidatedOperation;
  /** The directory of its start, whatever is loaded in the meantime: no answer is put together by two maps. */
  readonly directory: Directory;
  /** `relay`: the answer goes to a gateway above, which merges it with others: nothing is sealed, cut or withheld. */
  readonly form: 'client' | 'relay';
  /** What the gateway routes and checks by: the caller's region, and the jurisdiction that it comes from. */
  readonly scope: { readonly region: Region; readonly division: string };
  /** As the client sent them, for platforms. */
  readonly rawVariables: Readonly<Record<string, unknown>>;
  /** Coerced, for the gateway's own reading of arguments. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly tree: TreeObject;
  /** The whole answer as it came, JSON text of `data`, where nothing had to be done to it. */
  rawData: Buffer | undefined;
  readonly collector: CoverageCollector;
  /** Of an answer in parts. */
  readonly parts?: DeferredFetches;
  /** Milliseconds of `performance.now()` by which the answer is due. */
  readonly dueAt: number;
  readonly signal: CancelSignal;
  /** By this run and the parts of it. */
  readonly spent: OperationUsage;
}

/** A node of a compiled plan. Writes to the run's tree; what goes wrong is in its coverage. Rejects if the operation is refused. */
export type PlanStep = (run: Run) => Promise<void>;
