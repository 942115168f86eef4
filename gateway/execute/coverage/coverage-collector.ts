/**
 * Calls, errors and what is missing → coverage and the errors of the answer, so that nothing is missing without being
 * listed.
 */
import { type Disclosure, type Region, union } from '@yiwang/schema';
import type { GraphQLError } from 'graphql';
import type { Path, PublicError } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import type { PlatformFailure } from '../../model/platform/platform-failure.ts';
import type { GatewayCoverage } from '../../model/platform/upstream.ts';
import type { Coverage, Withheld } from '../../model/validated-operation.ts';
import type { Claims } from '../claims/claims.ts';
import {
  type CalledPlatform,
  type CallListeners,
  type CallRecord,
  type CallSource,
  type CollectedCall,
  createCallRecord,
  type Fault,
  toCoverageEntry,
  toGatewayEntry,
} from './call-record.ts';
import { NullReasons } from './null-reasons.ts';

export interface CoverageCollector extends CallListeners {
  /** Counts a call that is about to be made. The path of its source is computed if the call is listed. */
  addCall(called: CalledPlatform, source: CallSource, listeners?: CallListeners): CallRecord;
  /** Adds what a cache gave in place of a call. */
  addCached(source: CachedSource): void;
  /** Tells which platform gave which objects and fields, of the whole operation. */
  addClaims(claims: Claims): void;
  /** Adds an error, which explains every null at its path and below it, whatever the item. */
  addError(error: GraphQLError): void;
  /** Adds the error of a value that breaks the standard. `platform`: who gave it, for the log. */
  addBreach(error: PublicError, platform?: string): void;
  /** Marks the value at this very path as null for a reason that is reported, or will be. */
  explainField(path: Path): void;
  /** Adds an error that explains a null of its one field in its one object. */
  addFieldError(error: GraphQLError): void;
  /** Adds the error of something that no platform in the directory can be asked for. */
  addNoPlatform(error: GraphQLError): void;
  /** Reports that a subgraph with a plain address failed: that is no call of coverage, and its error is added apart. */
  reportFailure(failure: PlatformFailure): void;
  /** Marks a path as out of scope: null, no error. */
  suppress(path: Path): void;
  /** Marks a path as missing the part of a platform, so that a null there is no fault of those that answered. */
  markMissing(path: Path): void;
  /** Adds a region of the request that no platform answers for. */
  addUnserved(region: Region): void;
  /** Adds how the statistic at this path is shown to the public. */
  addWithheld(path: Path, disclosure: Disclosure): void;
  isMissing(path: Path): boolean;
  /** True if a null at this path needs no further error. */
  isExplained(path: Path): boolean;
  /** Undefined if no platform was asked, and none had to be. */
  toCoverage(): Coverage | undefined;
  toGatewayCoverage(): GatewayCoverage;
  /**
   * For a deferred part: it has its own errors and its own missing paths. Calls are counted for the whole operation.
   */
  createPart(): CoverageCollector;
  readonly errors: readonly GraphQLError[];
  readonly withheldGroups: readonly Withheld[];
}

export interface CollectorOptions {
  /** The divisions that make up a region. */
  readonly namesOf: (region: Region) => readonly string[];
  /** Receives each failure once, for the log. */
  readonly onFailure?: ((failure: PlatformFailure) => void) | undefined;
}

/** What a cache gave: it names the platform that it came from. */
export interface CachedSource {
  addClaims(claims: Claims): void;
}

type CollectorLimits = Pick<Limits, 'errorsMax' | 'unservedMax'>;

export function createCoverageCollector(limits: CollectorLimits, options: CollectorOptions): CoverageCollector {
  return new PartCollector(new OperationCoverage(limits, options), undefined);
}

/** What the parts of one operation share. */
class OperationCoverage {
  readonly calls: CollectedCall[] = [];
  readonly withheldGroups: Withheld[] = [];
  cached: CachedSource[] | undefined;
  readonly limits: CollectorLimits;
  readonly options: CollectorOptions;
  isAnyUnroutable = false;
  #unservedRegions: Region[] | undefined;
  #withheldPaths: Set<string> | undefined;

  constructor(limits: CollectorLimits, options: CollectorOptions) {
    this.limits = limits;
    this.options = options;
  }

  addUnserved(region: Region): void {
    this.#unservedRegions ??= [];
    this.#unservedRegions.push(region);
  }

  addWithheld(path: Path, { smallCount, roundTo }: Disclosure): void {
    const fields = path.filter((part) => typeof part === 'string');
    const name = fields.join('.');
    this.#withheldPaths ??= new Set();
    if (this.#withheldPaths.has(name)) return;
    this.#withheldPaths.add(name);
    this.withheldGroups.push({ path: fields, below: smallCount, roundedTo: roundTo });
  }

  toCoverage(): Coverage | undefined {
    const unserved = this.#unservedNames();
    const listed = this.calls.flatMap((call) => call.listed().map(toCoverageEntry));
    if (listed.length === 0 && unserved.length === 0 && !this.isAnyUnroutable) return undefined;
    const answered = listed.filter(({ status }) => status === 'OK').length;
    return {
      asked: listed.length,
      answered,
      complete: answered === listed.length && unserved.length === 0 && !this.isAnyUnroutable,
      platforms: listed,
      ...(unserved.length > 0 ? { unserved } : {}),
    };
  }

  toGatewayCoverage(): GatewayCoverage {
    const platforms = this.calls.flatMap((call) => call.listed().map(toGatewayEntry));
    return { platforms, unserved: this.#unservedNames() };
  }

  #unservedNames(): readonly string[] {
    const regions = this.#unservedRegions;
    return regions ? this.options.namesOf(union(regions.flat())).slice(0, this.limits.unservedMax) : [];
  }
}

/** Every operation makes one: a class costs less than a closure for each method. */
class PartCollector implements CoverageCollector {
  readonly errors: GraphQLError[] = [];
  readonly withheldGroups: readonly Withheld[];
  readonly #operation: OperationCoverage;
  readonly #parent: CoverageCollector | undefined;
  readonly #reasons = new NullReasons();
  #reportedKeys: Set<string> | undefined;

  constructor(operation: OperationCoverage, parent: CoverageCollector | undefined) {
    this.#operation = operation;
    this.#parent = parent;
    this.withheldGroups = operation.withheldGroups;
  }

  addCall(called: CalledPlatform, source: CallSource, listeners: CallListeners = this): CallRecord {
    const call = createCallRecord(called, source, listeners);
    this.#operation.calls.push(call);
    return call;
  }

  addCached(source: CachedSource): void {
    this.#operation.cached ??= [];
    this.#operation.cached.push(source);
  }

  addClaims(claims: Claims): void {
    for (const call of this.#operation.calls) call.addClaims(claims);
    for (const source of this.#operation.cached ?? []) source.addClaims(claims);
  }

  addError(error: GraphQLError): void {
    this.#reasons.explain(error.path ?? []);
    this.#addOnce(error);
  }

  addBreach(error: PublicError, platform?: string): void {
    const { code, message: reason, path = [] } = error;
    this.#reasons.explain(path);
    if (this.#addOnce(error)) this.reportFailure({ platform, status: 'NONCONFORMING', code, reason, path });
  }

  explainField(path: Path): void {
    this.#reasons.explainField(path);
  }

  addFieldError(error: GraphQLError): void {
    this.#reasons.explainField(error.path ?? []);
    this.#addOnce(error);
  }

  addNoPlatform(error: GraphQLError): void {
    this.#operation.isAnyUnroutable = true;
    this.addError(error);
  }

  reportFailure(failure: PlatformFailure): void {
    this.#operation.options.onFailure?.(failure);
  }

  suppress(path: Path): void {
    this.#reasons.explain(path);
  }

  markMissing(path: Path): void {
    this.#reasons.markMissing(path);
  }

  addUnserved(region: Region): void {
    if (region.length > 0) this.#operation.addUnserved(region);
  }

  addWithheld(path: Path, disclosure: Disclosure): void {
    this.#operation.addWithheld(path, disclosure);
  }

  isMissing(path: Path): boolean {
    return this.#reasons.isMissing(path) || (this.#parent?.isMissing(path) ?? false);
  }

  isExplained(path: Path): boolean {
    return this.#reasons.isExplained(path) || (this.#parent?.isExplained(path) ?? false);
  }

  toCoverage(): Coverage | undefined {
    return this.#operation.toCoverage();
  }

  toGatewayCoverage(): GatewayCoverage {
    return this.#operation.toGatewayCoverage();
  }

  createPart(): CoverageCollector {
    return new PartCollector(this.#operation, this);
  }

  locate(path: Path): Path {
    return path;
  }

  onError(error: GraphQLError): void {
    this.addError(error);
  }

  /** Bad input of the caller and stale data are no failures. */
  onFault(platform: string, { status, code, reason, inside = reason }: Fault, path: Path, elapsedMs: number): void {
    if (status === 'STALE' || code === 'BAD_USER_INPUT') return;
    this.reportFailure({ platform, status, code, reason: inside, path, elapsedMs });
  }

  /** False if the error was added before, or is one too many. */
  #addOnce(error: GraphQLError): boolean {
    if (this.errors.length >= this.#operation.limits.errorsMax) return false;
    const { extensions, path, message } = error;
    // Two waits of different length are one fault.
    const key = JSON.stringify([extensions, path, extensions.code === 'PLATFORM_LATE' ? '' : message]);
    this.#reportedKeys ??= new Set();
    if (this.#reportedKeys.has(key)) return false;
    this.#reportedKeys.add(key);
    this.errors.push(error);
    return true;
  }
}
