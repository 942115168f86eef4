/**
 * A collector for a fetch whose fields belong to objects inside the answer: its paths begin at each of these objects.
 */
import type { Disclosure, Region } from '@yiwang/schema';
import type { GraphQLError } from 'graphql';
import { type Path, type PublicError, withPath } from '../../model/errors.ts';
import type { PlatformFailure } from '../../model/platform/platform-failure.ts';
import type { GatewayCoverage } from '../../model/platform/upstream.ts';
import type { Coverage, Withheld } from '../../model/validated-operation.ts';
import type { Claims } from '../claims/claims.ts';
import type { CalledPlatform, CallRecord, CallSource, Fault } from './call-record.ts';
import type { CachedSource, CoverageCollector } from './coverage-collector.ts';

/** `paths`: of the objects, at least one. Coverage and statistics name the first. */
export function createNestedCollector(outer: CoverageCollector, paths: readonly Path[]): CoverageCollector {
  return new NestedCollector(outer, paths);
}

class NestedCollector implements CoverageCollector {
  readonly errors: readonly GraphQLError[];
  readonly withheldGroups: readonly Withheld[];
  readonly #outer: CoverageCollector;
  readonly #paths: readonly Path[];

  constructor(outer: CoverageCollector, paths: readonly Path[]) {
    this.errors = outer.errors;
    this.withheldGroups = outer.withheldGroups;
    this.#outer = outer;
    this.#paths = paths;
  }

  addCall(called: CalledPlatform, source: CallSource): CallRecord {
    const outer: CallSource = {
      path: () => this.locate(source.path()),
      addClaims: (claims, record) => source.addClaims?.(claims, record),
    };
    return this.#outer.addCall(called, outer, this);
  }

  addCached(source: CachedSource): void {
    this.#outer.addCached(source);
  }

  addClaims(claims: Claims): void {
    this.#outer.addClaims(claims);
  }

  addError(error: GraphQLError): void {
    // Such an error is of no place in the answer.
    if (error.path === undefined) this.#outer.addError(error);
    else this.#atEach(error.path, (path) => this.#outer.addError(withPath(error, path)));
  }

  addBreach(error: PublicError, platform?: string): void {
    this.#outer.addBreach(error, platform);
  }

  explainField(path: Path): void {
    this.#atEach(path, (at) => this.#outer.explainField(at));
  }

  addFieldError(error: GraphQLError): void {
    this.#atEach(error.path ?? [], (path) => this.#outer.addFieldError(withPath(error, path)));
  }

  addNoPlatform(error: GraphQLError): void {
    this.#outer.addNoPlatform(error);
  }

  reportFailure(failure: PlatformFailure): void {
    this.#outer.reportFailure({ ...failure, path: this.locate(failure.path) });
  }

  suppress(path: Path): void {
    this.#atEach(path, (at) => this.#outer.suppress(at));
  }

  markMissing(path: Path): void {
    this.#atEach(path, (at) => this.#outer.markMissing(at));
  }

  addUnserved(region: Region): void {
    this.#outer.addUnserved(region);
  }

  addWithheld(path: Path, disclosure: Disclosure): void {
    this.#outer.addWithheld(this.locate(path), disclosure);
  }

  isMissing(path: Path): boolean {
    return this.#outer.isMissing(this.locate(path));
  }

  isExplained(path: Path): boolean {
    return this.#outer.isExplained(this.locate(path));
  }

  toCoverage(): Coverage | undefined {
    return this.#outer.toCoverage();
  }

  toGatewayCoverage(): GatewayCoverage {
    return this.#outer.toGatewayCoverage();
  }

  createPart(): CoverageCollector {
    return this.#outer.createPart();
  }

  locate(path: Path): Path {
    return [...(this.#paths[0] ?? []), ...path];
  }

  onError(error: GraphQLError): void {
    this.addError(error);
  }

  onFault(platform: string, fault: Fault, path: Path, elapsedMs: number): void {
    this.#outer.onFault(platform, fault, this.locate(path), elapsedMs);
  }

  #atEach(path: Path, add: (path: Path) => void): void {
    for (const prefix of this.#paths) add([...prefix, ...path]);
  }
}
