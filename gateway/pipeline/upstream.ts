/** The stages of a fetch of an upstream gateway, to which this one is a platform. */
import type { GraphQLError } from 'graphql';
import type { Admit } from '../admit/index.ts';
import { codeOf } from '../model/error-code.ts';
import { PublicError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import type { GatewayCoverage, UpstreamOperation, UpstreamResult } from '../model/platform/upstream.ts';
import type { Coverage, JsonData, OperationRequest } from '../model/validated-operation.ts';
import type { EngineStages, OperationStages } from './stages.ts';

export interface UpstreamRequest extends OperationRequest, Pick<UpstreamOperation, 'subgraph'> {}

export interface UpstreamAnswer {
  readonly kind: 'answered';
  readonly data: JsonData;
  readonly errors: readonly GraphQLError[];
  /** Coverage of every platform below, with the region that it answers for. */
  readonly coverage: GatewayCoverage & Omit<Coverage, keyof GatewayCoverage>;
}

export interface UpstreamStagesOptions<Planned> {
  readonly validate: Admit;
  readonly engine: EngineStages<UpstreamOperation, Planned, UpstreamResult, JsonData>;
  readonly limits: Pick<Limits, 'responseBytesMax'>;
}

export function createUpstreamStages<Planned>({
  validate,
  engine,
  limits: { responseBytesMax: max },
}: UpstreamStagesOptions<Planned>): OperationStages<
  UpstreamRequest,
  UpstreamOperation,
  Planned,
  UpstreamAnswer,
  JsonData
> {
  return {
    ...engine,
    admit(request, context) {
      const validation = validate(request);
      if (validation.kind === 'refused') return validation;
      if (validation.introspection) {
        throw new PublicError('BAD_USER_INPUT', 'Introspection is not answered here.');
      }
      const { operation, fields, masked, coerced } = validation;
      context.operation = masked && { ...masked, name: operation.name?.value, fields };
      context.identifyOperation(operation.name?.value, request.hash);
      return { kind: 'admitted', operation: { ...request, coerced } };
    },
    respond(planned, data, context) {
      const result = engine.respond(planned, data);
      const coverage = toCoverage(result.coverage);
      context.codes = [...new Set(result.errors.map(codeOf))];
      context.coverage = coverage;
      if (data.bytes.length > max) {
        const message = `The answer comes to more than ${max} bytes; ask for less at a time.`;
        throw new PublicError('TOO_COSTLY', message, { extensions: { limit: 'responseBytesMax', max } });
      }
      context.data = data;
      return { kind: 'answered', data, errors: result.errors, coverage };
    },
  };
}

function toCoverage({ platforms, unserved }: GatewayCoverage): UpstreamAnswer['coverage'] {
  const answered = platforms.filter(({ status }) => status === 'OK').length;
  const complete = answered === platforms.length && unserved.length === 0;
  return { asked: platforms.length, answered, complete, platforms, unserved };
}
