/** One call, and its entry in coverage. */
import type { Region, Tier } from '@yiwang/schema';
import type { GraphQLError } from 'graphql';
import { type ErrorCode, type Path, PublicError } from '../../model/errors.ts';
import type { PlatformEntry } from '../../model/platform/network.ts';
import type { GatewayCoverageEntry } from '../../model/platform/upstream.ts';
import type { CoverageEntry, CoverageStatus } from '../../model/validated-operation.ts';

/** One call as coverage counts it: it is answered, or listed with its first fault. */
export interface CallRecord {
  readonly platform: string;
  readonly tier: Tier;
  /** All that the platform answers for in this subgraph. */
  readonly owns: Region;
  /** Adds an error at this path. Coverage lists the first fault of a call. */
  addFault(fault: Fault, path: Path): void;
  /** Adds to the duration: a call that asks for more rows of a page has two exchanges. */
  addElapsed(elapsedMs: number): void;
  /** Marks the data as older than it should be. Nothing is missing. */
  markStale(reason: string): void;
  /**
   * Lists the platforms that a gateway answered for in place of the gateway, which is listed beside them only if it is
   * at fault itself. A platform of two exchanges is counted once, and is at fault if it was so in either.
   */
  addBelow(entries: readonly GatewayCoverageEntry[]): readonly CallRecord[];
}

/** A platform, and all that it answers for in the subgraph of the call. */
export interface CalledPlatform {
  readonly platform: PlatformEntry;
  readonly subgraph?: string;
  /** True if coverage names the subgraph. */
  readonly isJoint?: true;
  readonly owns: Region;
}

export interface Fault {
  readonly status: Exclude<CoverageStatus, 'OK'>;
  readonly code: ErrorCode;
  readonly reason: string;
  /** The platform's own words, if callers read others. For the log. */
  readonly inside?: string | undefined;
}

export interface CollectedCall extends CallRecord {
  /** The platforms below, for a gateway that gave an account of them. */
  listed(): readonly ListedPlatform[];
}

/** What coverage lists of one platform. Its path is computed when it is read. */
interface ListedPlatform {
  readonly platform: string;
  readonly subgraph: string | undefined;
  readonly division: string;
  readonly tier: Tier;
  readonly owns: Region;
  readonly status: CoverageStatus;
  readonly reason: string | undefined;
  readonly elapsedMs: number;
  path(): Path;
}

/** Receives the faults of a call. */
export interface CallListeners {
  onError(error: GraphQLError): void;
  /** Receives the first fault of a call. `path`: of the call. */
  onFault(platform: string, fault: Fault, path: Path, elapsedMs: number): void;
  /** A path of the call → the path in the answer. */
  locate(path: Path): Path;
}

export function createCallRecord(
  { platform, owns, subgraph, isJoint }: CalledPlatform,
  path: () => Path,
  listeners: CallListeners,
): CollectedCall {
  const { id, division, tier } = platform;
  const call = new Call({ platform: id, division, tier, owns, status: 'OK', elapsedMs: 0 }, path, listeners);
  if (isJoint) call.subgraph = subgraph;
  return call;
}

export function toCoverageEntry({
  platform,
  subgraph,
  division,
  status,
  elapsedMs,
  reason,
  path,
}: ListedPlatform): CoverageEntry {
  const entry = { platform, division, status, elapsedMs, path: path() };
  if (reason === undefined && subgraph === undefined) return entry;
  return { ...entry, ...(subgraph === undefined ? {} : { subgraph }), ...(reason === undefined ? {} : { reason }) };
}

export function toGatewayEntry(listed: ListedPlatform): GatewayCoverageEntry {
  return { ...toCoverageEntry(listed), tier: listed.tier, owns: listed.owns };
}

/** A class, since every call makes one: closures for its methods would cost more memory than its fields. */
class Call implements CollectedCall, ListedPlatform {
  readonly platform: string;
  subgraph: string | undefined;
  readonly division: string;
  readonly tier: Tier;
  readonly owns: Region;
  status: CoverageStatus;
  reason: string | undefined;
  elapsedMs: number;
  path: () => Path;
  readonly #listeners: CallListeners;
  /** The platforms that a gateway answered for; undefined without an account of them. */
  #below: Call[] | undefined;

  constructor(entry: Omit<GatewayCoverageEntry, 'path'>, path: () => Path, listeners: CallListeners) {
    this.platform = entry.platform;
    this.division = entry.division;
    this.tier = entry.tier;
    this.owns = entry.owns;
    this.status = entry.status;
    this.reason = entry.reason;
    this.elapsedMs = entry.elapsedMs;
    this.path = path;
    this.#listeners = listeners;
  }

  addElapsed(elapsedMs: number): void {
    this.elapsedMs += elapsedMs;
  }

  markStale(reason: string): void {
    this.status = 'STALE';
    this.reason = reason;
  }

  addFault(fault: Fault, path: Path): void {
    if (this.status === 'OK') this.#listeners.onFault(this.platform, fault, path, this.elapsedMs);
    this.#atFault(fault.status, fault.reason, path);
    this.#listeners.onError(errorOf(fault, this, path));
  }

  addBelow(entries: readonly GatewayCoverageEntry[]): readonly CallRecord[] {
    const below = this.#below ?? [];
    this.#below = below;
    const callsByPlatform = new Map(below.map((call) => [call.platform, call]));
    return entries.map((entry) => {
      const earlier = callsByPlatform.get(entry.platform);
      if (earlier) {
        earlier.#again(entry);
        return earlier;
      }
      const call = new Call(entry, () => this.#listeners.locate(entry.path), this.#listeners);
      call.subgraph = this.subgraph;
      below.push(call);
      return call;
    });
  }

  listed(): readonly ListedPlatform[] {
    if (this.#below === undefined) return [this];
    return this.status === 'OK' ? this.#below : [this, ...this.#below];
  }

  /** Adds what another exchange of the same call reports of the platform. */
  #again({ status, reason, elapsedMs, path }: GatewayCoverageEntry): void {
    this.elapsedMs += elapsedMs;
    this.#atFault(status, reason, path);
  }

  #atFault(status: CoverageStatus, reason: string | undefined, path: Path): void {
    if (this.status !== 'OK' || status === 'OK') return;
    this.status = status;
    this.reason = reason;
    this.path = () => this.#listeners.locate(path);
  }
}

/** Input that a platform refuses is the caller's fault, and the same for all platforms: the error names none. */
function errorOf({ code, reason }: Fault, { platform, division }: ListedPlatform, path: Path): PublicError {
  if (code === 'BAD_USER_INPUT') return new PublicError(code, reason, { path });
  const message = `the platform of ${division} is missing from the answer: ${reason}`;
  return new PublicError(code, message, { path, extensions: { platform, division } });
}
