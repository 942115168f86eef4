/** What the execution of plans is handed by the pipeline, and what belongs to one run. */
import type { Disclosure, Region, SubgraphAddress } from '@yiwang/schema';
import type { FieldNode, GraphQLObjectType, GraphQLOutputType, GraphQLSchema, SelectionSetNode } from 'graphql';
import type { Sealer } from '../kit/seal.ts';
import type { AcceptData, Answer, Printed } from '../model/answer.ts';
import type { Path } from '../model/errors.ts';
import type {
  BadContribution,
  Contribution,
  FieldProgram,
  Lacking,
  MergeContext,
  Merged,
  RowsAsked,
} from '../model/gather.ts';
import type { Limits } from '../model/limits.ts';
import type { PlatformEntry } from '../model/network.ts';
import type { Asked, Signal, Spent } from '../model/request.ts';
import type { SupergraphRules } from '../model/supergraph.ts';
import type { HideNames } from './hide-names.ts';
import type { Ledger } from './ledger.ts';
import type { PartsUnderWay } from './parts-under-way.ts';
import type { ReferenceCache } from './reference.ts';
import type { TreeObject, TypeTest } from './tree.ts';

/** A platform that a fetch goes to, and the part of the asked region that is its own. */
export interface Target {
  readonly platform: PlatformEntry;
  readonly owns: Region;
  readonly asked: Region;
}

/** The steps that execution goes through for every fetch, as the pipeline composed them. */
export interface Steps {
  /** By the directory with which the run began, as is `unserved`. */
  cover(served: SubgraphAddress, region: Region, run: Run): readonly Target[];
  /** What of the region nobody answers for. */
  unserved(served: SubgraphAddress, region: Region, run: Run): Region;
  call(call: PlatformCall, run: Run): Promise<Answer>;
  /** As `call`, but an answer that is accepted stays as it was sent. */
  callPrinted(call: PlatformCall, accept: AcceptData, run: Run): Promise<Answer | Printed>;
  gather: GatherStep;
  /** The first place in a value where it is not what was asked for; undefined where its types are right. */
  misfit(value: unknown, type: GraphQLOutputType, node: FieldNode): Misfit | undefined;
}

export interface Misfit {
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
  ): Merged & { bad: readonly BadContribution[] };
  /** Who must be asked for more before a page that was asked for in shares is sure. */
  lacking(program: FieldProgram, contributions: readonly Contribution[], asked: RowsAsked): readonly Lacking[];
}

export interface PlatformCall {
  readonly url: string;
  /** Undefined for a subgraph with a plain address, which gets no passport. */
  readonly target: Target | undefined;
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
export interface Engine {
  readonly schema: GraphQLSchema;
  readonly rules: SupergraphRules;
  readonly steps: Steps;
  readonly sealer: Sealer;
  readonly limits: Pick<Limits, 'fanOutMax' | 'callsMax' | 'entitiesPerCallMax' | 'cursorBytesMax' | 'pageShareMin'>;
  readonly reference: ReferenceCache;
  readonly isType: TypeTest;
  /** True where all scalars are the standard's. */
  readonly isStandard: boolean;
  /** Takes what a view does not show out of what subgraphs say. */
  readonly hideNames: (view: GraphQLSchema) => HideNames;
  /** How statistics are shown to all but officials. */
  readonly disclosure: Disclosure;
}

/** Which platforms answer for a region. */
export interface Directory {
  cover(served: SubgraphAddress, region: Region): readonly Target[];
  unserved(served: SubgraphAddress, region: Region): Region;
}

/** One operation under way. */
export interface Run {
  readonly asked: Asked;
  /** The directory of its start, whatever is loaded in the meantime: no answer is put together by two maps. */
  readonly directory: Directory;
  /** `relay`: the answer goes to a gateway above, which merges it with others: nothing is sealed, cut or withheld. */
  readonly form: 'client' | 'relay';
  /** What the gateway routes and checks by: the caller's region, and the jurisdiction that it comes from. */
  readonly reach: { readonly region: Region; readonly division: string };
  /** As the client sent them, for platforms. */
  readonly rawVariables: Readonly<Record<string, unknown>>;
  /** Coerced, for the gateway's own reading of arguments. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly tree: TreeObject;
  /** The whole answer as it came, JSON text of `data`, where nothing had to be done to it. */
  printed: Buffer | undefined;
  readonly ledger: Ledger;
  /** Of an answer in parts. */
  readonly parts?: PartsUnderWay;
  /** Milliseconds of `performance.now()` by which the answer is due. */
  readonly dueAt: number;
  readonly signal: Signal;
  /** By this run and the parts of it. */
  readonly spent: Spent;
}
