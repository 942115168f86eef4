/** The stages of a client's operation: its view answers introspection, the engine everything else. */
import { isObject } from '@yiwang/schema';
import type { GraphQLError } from 'graphql';
import { type Admit, forEachUsedInVariables, type UsedCoordinates } from '../admit/index.ts';
import { readMembers, writeMembers } from '../kit/json/json-members.ts';
import type { Rights } from '../model/rights.ts';
import type {
  Coverage,
  EngineResult,
  JsonData,
  OperationRequest,
  SchemaAnswer,
  ValidatedOperation,
} from '../model/validated-operation.ts';
import type { RequestContext } from './context.ts';
import type { ErrorMask } from './mask-errors.ts';
import type { EngineStages, OperationStages } from './stages.ts';

export interface QueryResult {
  readonly kind: 'answered';
  readonly data: JsonData | null;
  readonly errors: readonly GraphQLError[];
  /** Coverage and withheld groups; undefined if there is neither. */
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
  /** Results after this one, with incremental delivery. */
  readonly subsequentResults: EngineResult['subsequentResults'];
}

export interface QueryStagesOptions<Planned> {
  readonly validate: Admit;
  readonly engine: EngineStages<ValidatedOperation, Planned, EngineResult>;
  /** Undefined: clients get the errors of subgraphs as they came. */
  readonly mask: ErrorMask | undefined;
  /** Called for each admitted operation; undefined if usage is not counted. */
  readonly countUsage?: CountUsage | undefined;
}

/** `further` are the coordinates in the variables. */
export type CountUsage = (rights: Rights, text: UsedCoordinates, further: readonly string[]) => void;

const NOTHING_FURTHER: readonly string[] = [];

export function createQueryStages<Planned extends { readonly operation: ValidatedOperation }>({
  validate,
  engine,
  mask,
  countUsage,
}: QueryStagesOptions<Planned>): OperationStages<OperationRequest, ValidatedOperation, Planned, QueryResult> {
  const present = (
    { data: engineData, errors, coverage, withheld = [], subsequentResults }: EngineResult,
    { requestId, explainCoverage, schemaAnswer }: ValidatedOperation,
    context: RequestContext,
  ): QueryResult => {
    const data = schemaAnswer ? mergeData(engineData, schemaAnswer) : engineData;
    context.coverage = coverage;
    context.data = data;
    const visible = visibleCoverage(coverage, explainCoverage);
    const extensions = { ...(visible ? { coverage: visible } : {}), ...(withheld.length > 0 ? { withheld } : {}) };
    return {
      kind: 'answered',
      data,
      errors: [...(schemaAnswer?.errors ?? []), ...(mask ? mask.errors(errors, requestId) : errors)],
      extensions: Object.keys(extensions).length > 0 ? extensions : undefined,
      subsequentResults: mask && subsequentResults ? mask.results(subsequentResults, requestId) : subsequentResults,
    };
  };
  return {
    ...engine,
    admit(request, context) {
      const validation = validate(request);
      if (validation.kind === 'refused') return validation;
      const { operation: definition, masked, fields, used, coerced, introspection, rest, order } = validation;
      if (used && countUsage) countUsage(request.rights, used, furtherUses(used, request.variables));
      context.operation = masked && { ...masked, name: definition.name?.value, fields };
      const { exactVariables, variables, document, hash } = request;
      context.identifyOperation(definition.name?.value, hash);
      const operation = {
        ...request,
        variables: exactVariables ?? variables,
        coerced,
        document: rest ?? document,
        schemaAnswer: introspection && { ...introspection, order },
      };
      if (rest) return { kind: 'admitted', operation };
      return { kind: 'answered', result: present(EMPTY_ANSWER, operation, context) };
    },
    respond: (planned, data, context) => present(engine.respond(planned, data), planned.operation, context),
  };
}

function furtherUses(used: UsedCoordinates, variables: OperationRequest['variables']): readonly string[] {
  if (used.variables.length === 0) return NOTHING_FURTHER;
  const coordinates = new Set<string>();
  forEachUsedInVariables(used, variables, (coordinate) => coordinates.add(coordinate));
  return [...coordinates];
}

const EMPTY_ANSWER: EngineResult = { data: { bytes: Buffer.from('{}'), rows: 0 }, errors: [], coverage: undefined };

/** The data of the view and of the engine, in the client's order. */
function mergeData(data: JsonData | null, { data: schemaData, order }: SchemaAnswer): JsonData | null {
  if (data === null || !isObject(schemaData)) return data;
  if (order.length === 0) return { bytes: Buffer.from(JSON.stringify(schemaData)), rows: data.rows };
  const members = readMembers(data.bytes);
  for (const [key, value] of Object.entries(schemaData)) members.set(key, Buffer.from(JSON.stringify(value)));
  return { bytes: writeMembers(members, order), rows: data.rows };
}

/** Platforms that answered are listed only if the client wants them explained. */
export function visibleCoverage(coverage: Coverage | undefined, explain: boolean): Coverage | undefined {
  if (coverage === undefined || explain) return coverage;
  return { ...coverage, platforms: coverage.platforms.filter(({ status }) => status !== 'OK') };
}
