/** One call, and its entry in coverage. */
import { containsRegion, type Region, type Tier } from '@yiwang/schema';
import type { GraphQLError } from 'graphql';
import { type ErrorCode, type Path, PublicError } from '../../model/errors.ts';
import type { PlatformEntry } from '../../model/platform/network.ts';
import type { GatewayCoverageEntry } from '../../model/platform/upstream.ts';
import type { CoverageEntry, CoverageStatus } from '../../model/validated-operation.ts';
import type { Claims, Giver } from '../claims/claims.ts';

/** One call as coverage counts it: it is answered, or listed with its first fault. */
export interface CallRecord extends Giver {
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

/** Where a call stands in the answer, and what it gave of it. */
export interface CallSource {
  /** The first place that the call is for. */
  path(): Path;
  /** Tells which objects have fields from the call. Asked only after a value broke the standard. */
  addClaims?(claims: Claims, record: CallRecord): void;
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
  /** The rule of the standard that was broken. */
  readonly rule?: string | undefined;
}

export interface CollectedCall extends CallRecord {
  addClaims(claims: Claims): void;
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
  source: CallSource,
  listeners: CallListeners,
): CollectedCall {
  const { id, division, tier } = platform;
  const call = new Call({ platform: id, division, tier, owns, status: 'OK', elapsedMs: 0 }, source, listeners);
  if (isJoint) call.subgraph = subgraph;
  return call;
}

export function toCoverageEntry(listed: ListedPlatform): CoverageEntry {
  const { platform, subgraph, division, status, elapsedMs, reason } = listed;
  const entry = { platform, division, status, elapsedMs, path: listed.path() };
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
  readonly #source: CallSource;
  /** Of its first fault. */
  #faultPath: Path | undefined;
  readonly #listeners: CallListeners;
  /** The platforms that a gateway answered for; undefined without an account of them. */
  #below: Call[] | undefined;

  constructor(entry: Omit<GatewayCoverageEntry, 'path'>, source: CallSource, listeners: CallListeners) {
    this.platform = entry.platform;
    this.division = entry.division;
    this.tier = entry.tier;
    this.owns = entry.owns;
    this.status = entry.status;
    this.reason = entry.reason;
    this.elapsedMs = entry.elapsedMs;
    this.#source = source;
    this.#listeners = listeners;
  }

  path(): Path {
    return this.#faultPath ? this.#listeners.locate(this.#faultPath) : this.#source.path();
  }

  addClaims(claims: Claims): void {
    this.#source.addClaims?.(claims, this);
  }

  giverOf(region: Region | undefined): string {
    const below = this.#below ?? [];
    if (below.length === 1) return below[0]!.platform;
    const givers = region === undefined ? [] : below.filter(({ owns }) => containsRegion(owns, region));
    return givers.length === 1 ? givers[0]!.platform : this.platform;
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
      const call = new Call(entry, { path: () => this.#listeners.locate(entry.path) }, this.#listeners);
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
    this.#faultPath = path;
  }
}

/** Input that a platform refuses is the caller's fault, and the same for all platforms: the error names none. */
function errorOf({ code, reason, rule }: Fault, { platform, division }: ListedPlatform, path: Path): PublicError {
  if (code === 'BAD_USER_INPUT') return new PublicError(code, reason, { path });
  const message = `the platform of ${division} is missing from the answer: ${reason}`;
  const extensions = { platform, division, ...(rule === undefined ? {} : { rule }) };
  return new PublicError(code, message, { path, extensions });
}
