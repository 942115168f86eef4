/** A call of one server for a fetch, and how a kind of fetch reads its answer. */
import type { Path } from '../../model/errors.ts';
import type { RouteTarget } from '../../model/platform/network.ts';
import type {
  MissingAnswer,
  PlatformAnswer,
  PlatformRequest,
  Problem,
  RawDataExtractor,
} from '../../model/platform/platform-answer.ts';
import type { Claims } from '../claims/claims.ts';
import type { Run } from '../context.ts';
import type { CallRecord } from '../coverage/call-record.ts';

export type PresentAnswer = Extract<PlatformAnswer, { kind: 'answered' }>;

/** A call of one server: one object from the request to the answer, so that a call allocates no others. */
export interface FetchCall<Part> extends PlatformRequest {
  readonly target: RouteTarget | undefined;
  readonly run: Run;
  /** The part of the fetch that this server is asked for. */
  readonly part: Part;
  /**
   * The call's entry in coverage, opened by `callPlatform` unless the call continues one. Undefined for a plain
   * subgraph.
   */
  record: CallRecord | undefined;
}

/** How a kind of fetch reads answers. Compiled with the plan, so that a call needs no closure of its own. */
export interface AnswerReader<Part> {
  /** Lets the data of an answer pass to the client unread. Undefined: every answer is read. */
  readonly extractor?: RawDataExtractor | undefined;
  /** A path in the answer → the client's. For a path that names no field: the first place that the call is for. */
  toClientPath(path: Path, call: FetchCall<Part>): Path;
  readMissing(answer: MissingAnswer, call: FetchCall<Part>): void;
  /** Tells which objects have fields from the call. Undefined: nothing is known of them. */
  addClaims?(claims: Claims, call: FetchCall<Part>, record: CallRecord): void;
  /**
   * `problems`: those of the server itself. Problems of platforms below it are reported already.
   * `below`: the platforms that a gateway answered for; undefined if the server answered for itself.
   */
  readAnswer(
    answer: PresentAnswer,
    problems: readonly Problem[],
    call: FetchCall<Part>,
    below: readonly PlatformBelow[] | undefined,
  ): void;
}

/** One platform below a gateway, and the root fields of the call that lack its part. */
export interface PlatformBelow {
  readonly record: CallRecord;
  readonly missingFields: ReadonlySet<unknown>;
}
