/**
 * Runs random operations on a supergraph with one planner first, and collects those whose answer is not that of one
 * schema over all data.
 */
import fc, { type GeneratorValue } from 'fast-check';
import { execute, type GraphQLSchema, parse, validate } from 'graphql';
import { readWholeView } from '../../support/read-views.ts';
import { type PlannedEngine, startFederation } from '../federation.ts';
import { generateOperation, type OperationOptions } from '../random-operations.ts';
import type { GraphQLResult, RequestParams } from '../reference-engine.ts';
import { withDefer } from '../with-defer.ts';
import type { World } from '../worlds/world.ts';
import { minimize } from './minimize.ts';
import { COMPOSED_BY_APOLLO } from './worlds.ts';

export interface FuzzOptions {
  readonly world: World;
  readonly planner: 'hive' | 'apollo';
  /** Number of valid operations. */
  readonly operations: number;
  /** Seed of the first operation; each following operation has the next number. */
  readonly seed: number;
  readonly secondsMax: number;
  readonly onFault?: (fault: Fault) => void;
}

export interface Fault {
  readonly seed: number;
  readonly params: RequestParams;
  /** The smallest operation found that fails, and how it fails. */
  readonly least: RequestParams;
  readonly reason: string;
}

export interface FuzzCounts {
  operations: number;
  /** Of these: executed incrementally. */
  incremental: number;
  /** Of these: planned by Apollo's planner. */
  byApollo: number;
  /** Of these: refused, by code. */
  readonly refused: Record<string, number>;
  readonly faults: Fault[];
}

const IDS = ['1', '2', '3', '9', 'b1', 'f1', 't1', 'car', 'boat'];
const ANSWER_MS = 30_000;
/** Few operations have conditions, which leave little of them. */
const ONE_IN_WITH_CONDITIONS = 5;
const STYLE: Omit<OperationOptions, 'schema' | 'hasConditions'> = {
  depthMax: 3,
  ids: IDS,
  isWild: true,
  isTangled: true,
  without: [],
};

/** Ends after `operations` operations or `secondsMax` seconds. */
export async function fuzz({
  world,
  planner,
  operations,
  seed,
  secondsMax,
  onFault,
}: FuzzOptions): Promise<FuzzCounts> {
  const composer = COMPOSED_BY_APOLLO.has(world) ? 'apollo' : 'theguild';
  const federation = await startFederation(world.subgraphs, { runIn: 'process', composer });
  const { schema } = readWholeView(federation.supergraph);
  const engine = federation.engines.find(({ name }) => name === planner)!;
  const context = { world, schema, engine };
  const counts: FuzzCounts = { operations: 0, incremental: 0, byApollo: 0, refused: {}, faults: [] };
  const endsAt = performance.now() + secondsMax * 1_000;
  try {
    for (let at = seed; counts.operations < operations && performance.now() < endsAt; at++) {
      const generated = generateFuzzOperation(at, schema);
      if (!isValid(generated.params, schema)) continue;
      const outcome = await runOperation(generated, context);
      count(outcome, generated, engine, counts);
      if (outcome.fault === undefined) continue;
      const isWrong = async (params: RequestParams) =>
        isValid(params, schema) && (await runOperation({ ...generated, params }, context)).fault !== undefined;
      const least = await minimize(generated.params, isWrong);
      const reason = (await runOperation({ ...generated, params: least }, context)).fault ?? outcome.fault;
      const fault = { seed: at, params: generated.params, least, reason };
      counts.faults.push(fault);
      onFault?.(fault);
    }
  } finally {
    await federation.close();
  }
  return counts;
}

interface FuzzContext {
  readonly world: World;
  readonly schema: GraphQLSchema;
  readonly engine: PlannedEngine;
}

interface FuzzOperation {
  readonly params: RequestParams;
  readonly isIncremental: boolean;
}

interface Outcome {
  /** How the answer is wrong; undefined if it is right, or there is none. */
  readonly fault: string | undefined;
  readonly refusal: string | undefined;
}

function generateFuzzOperation(seed: number, schema: GraphQLSchema): FuzzOperation {
  const [generate] = fc.sample(fc.gen(), { numRuns: 1, seed }) as [GeneratorValue];
  const params = generateOperation(generate, {
    ...STYLE,
    schema,
    hasConditions: seed % ONE_IN_WITH_CONDITIONS === 0,
  });
  const isIncremental = generate(fc.nat, { max: 5 }) === 0;
  return {
    params: isIncremental ? { ...params, query: withDefer(params.query, generate) } : params,
    isIncremental,
  };
}

function isValid({ query }: RequestParams, schema: GraphQLSchema): boolean {
  return validate(schema, parse(query)).length === 0;
}

async function runOperation(
  { params, isIncremental }: FuzzOperation,
  { world, schema, engine }: FuzzContext,
): Promise<Outcome> {
  const variableValues = params.variables ?? {};
  const whole = await execute({ schema, document: parse(params.query), rootValue: world.root, variableValues });
  const expected = JSON.stringify(whole.data);
  const hasFailed = whole.errors !== undefined;
  try {
    const reply = await inTime(isIncremental ? engine.executeIncrementally(params) : engine.execute(params));
    const refusal = refusalOf(reply);
    if (refusal !== undefined && !hasFailed) {
      const isCostly = refusal === 'TOO_COSTLY';
      return { fault: isCostly ? undefined : `refused ${JSON.stringify(reply.errors)}`, refusal };
    }
    return { fault: faultOf(reply, expected, hasFailed, isIncremental), refusal: undefined };
  } catch (error) {
    return { fault: `threw ${(error as Error).stack ?? String(error)}`, refusal: undefined };
  }
}

/** An operation without an answer in time fails, too. */
async function inTime<T>(answered: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ANSWER_MS} ms`)), ANSWER_MS);
  });
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}

/** The code of the error that refused the operation as a whole. */
function refusalOf({ data, errors }: GraphQLResult): string | undefined {
  const [first] = errors;
  return data === null && first && first.path === undefined ? String(first.extensions?.code) : undefined;
}

function faultOf(
  { data, errors }: GraphQLResult,
  expected: string,
  hasFailed: boolean,
  isIncremental: boolean,
): string | undefined {
  // Incrementally, a null stops at its deferred fragment, and deferred fields come last.
  const isSame = isIncremental
    ? hasFailed || sortedText(data) === sortedText(JSON.parse(expected))
    : JSON.stringify(data) === expected;
  if (isSame && errors.length > 0 === hasFailed) return undefined;
  return `gave     ${JSON.stringify(data)}\nexpected ${expected}\nerrors   ${JSON.stringify(errors)}, expected ${hasFailed}`;
}

/** Equal for values that differ in the order of fields alone. */
function sortedText(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function count(
  { refusal }: Outcome,
  { isIncremental }: FuzzOperation,
  engine: PlannedEngine,
  counts: FuzzCounts,
): void {
  counts.operations++;
  if (isIncremental) counts.incremental++;
  if (engine.planOf('', isIncremental ? 'in parts' : 'whole')?.by === 'apollo') counts.byApollo++;
  if (refusal !== undefined) counts.refused[refusal] = (counts.refused[refusal] ?? 0) + 1;
}
