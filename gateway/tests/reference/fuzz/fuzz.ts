/**
 * Random operations over one small supergraph, with one planner first → those whose answer is not that of one schema
 * over all the data.
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
  /** Valid ones. */
  readonly operations: number;
  /** Each operation has a seed of its own: this one, and those that follow. */
  readonly seed: number;
  readonly secondsMax: number;
  readonly onFault?: (fault: Fault) => void;
}

export interface Fault {
  readonly seed: number;
  readonly question: RequestParams;
  /** The least operation that was found to go wrong, and how it does. */
  readonly least: RequestParams;
  readonly reason: string;
}

export interface FuzzCounts {
  operations: number;
  /** Of these: asked for in parts. */
  incremental: number;
  /** Of these: planned by Apollo's planner. */
  byApollo: number;
  /** Of these: refused with a code, by code. */
  readonly refused: Record<string, number>;
  readonly faults: Fault[];
}

const IDS = ['1', '2', '3', '9', 'b1', 'f1', 't1', 'car', 'boat'];
const ANSWER_MS = 30_000;
/** Conditions leave little of an operation, so that most have none. */
const ONE_IN_WITH_CONDITIONS = 5;
const STYLE: Omit<OperationOptions, 'schema' | 'hasConditions'> = {
  depthMax: 3,
  ids: IDS,
  isWild: true,
  isTangled: true,
  without: [],
};

/** Ends after so many operations, or so many seconds. */
export async function fuzz({
  world,
  planner,
  operations,
  seed,
  secondsMax,
  onFault,
}: FuzzOptions): Promise<FuzzCounts> {
  const composer = COMPOSED_BY_APOLLO.has(world) ? 'apollo' : 'theguild';
  const federation = await startFederation(world.subgraphs, { place: 'process', composer });
  const { schema } = readWholeView(federation.supergraph);
  const engine = federation.engines.find(({ name }) => name === planner)!;
  const context = { world, schema, engine };
  const counts: FuzzCounts = { operations: 0, incremental: 0, byApollo: 0, refused: {}, faults: [] };
  const endsAt = performance.now() + secondsMax * 1_000;
  try {
    for (let at = seed; counts.operations < operations && performance.now() < endsAt; at++) {
      const generated = generateFuzzOperation(at, schema);
      if (!isValid(generated.question, schema)) continue;
      const outcome = await runOperation(generated, context);
      count(outcome, generated, engine, counts);
      if (outcome.fault === undefined) continue;
      const isWrong = async (question: RequestParams) =>
        isValid(question, schema) && (await runOperation({ ...generated, question }, context)).fault !== undefined;
      const least = await minimize(generated.question, isWrong);
      const reason = (await runOperation({ ...generated, question: least }, context)).fault ?? outcome.fault;
      const fault = { seed: at, question: generated.question, least, reason };
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
  readonly question: RequestParams;
  readonly isIncremental: boolean;
}

interface Outcome {
  /** How the answer is not the right one; undefined if it is, or there is none. */
  readonly fault: string | undefined;
  readonly refusal: string | undefined;
}

function generateFuzzOperation(seed: number, schema: GraphQLSchema): FuzzOperation {
  const [generate] = fc.sample(fc.gen(), { numRuns: 1, seed }) as [GeneratorValue];
  const question = generateOperation(generate, {
    ...STYLE,
    schema,
    hasConditions: seed % ONE_IN_WITH_CONDITIONS === 0,
  });
  const isIncremental = generate(fc.nat, { max: 5 }) === 0;
  return {
    question: isIncremental ? { ...question, query: withDefer(question.query, generate) } : question,
    isIncremental,
  };
}

function isValid({ query }: RequestParams, schema: GraphQLSchema): boolean {
  return validate(schema, parse(query)).length === 0;
}

async function runOperation(
  { question, isIncremental }: FuzzOperation,
  { world, schema, engine }: FuzzContext,
): Promise<Outcome> {
  const variableValues = question.variables ?? {};
  const whole = await execute({ schema, document: parse(question.query), rootValue: world.root, variableValues });
  const expected = JSON.stringify(whole.data);
  const hasFailed = whole.errors !== undefined;
  try {
    const reply = await inTime(isIncremental ? engine.executeIncrementally(question) : engine.execute(question));
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

/** An operation that nothing answers is wrong, too. */
async function inTime<T>(answered: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ANSWER_MS} ms`)), ANSWER_MS);
  });
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}

/** The code of an operation that was refused as a whole. */
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
  // In parts, a null stops at the top of its part, and fields that come later come last.
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
