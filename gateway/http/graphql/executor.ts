/** A parsed operation → its answer: admitted, then split into what the view and what the engine answers. */

import { isObject } from '@yiwang/schema';
import { readMembers, writeMembers } from '../../kit/json/json-members.ts';
import type { Coverage, EngineResult, ValidatedOperation } from '../../model/validated-operation.ts';
import type { OperationContext } from '../lifecycle/operation-context.ts';
import type { OperationSteps, ValidationResult } from '../lifecycle/steps.ts';
import { SerializedData } from '../response/serialized-data.ts';
import type { Executed, Executor } from './executed.ts';
import type { ErrorMask } from './mask-errors.ts';

/** Without a mask errors of subgraphs are told as they came. */
export function createExecutor(steps: OperationSteps, mask?: ErrorMask): Executor {
  return async (sent, visit) => {
    const { document, hash, operationName, variables } = sent;
    const admission = steps.admit({ view: visit.view, document, hash, operationName, variables });
    if (admission.kind === 'refused') return { errors: admission.errors };

    const { kept, fields, operation } = admission;
    visit.result.asked = kept && { ...kept, name: operation.name?.value, fields };
    const answered = await askEngine(steps, visit, admission, { hash, operationName, variables });
    visit.result.coverage = answered.coverage;
    const data = merge(answered.data, admission);
    visit.result.data = data;
    const { subsequentResults, errors: found } = answered;
    visit.result.later = mask && subsequentResults ? mask.later(subsequentResults, visit.requestId) : subsequentResults;
    const errors = [
      ...(admission.introspection?.errors ?? []),
      ...(mask ? mask.errors(found, visit.requestId) : found),
    ];
    const coverage = visibleCoverage(answered.coverage, visit.preferences.explainCoverage);
    return toResult({ data, errors, coverage, withheld: answered.withheld ?? [] });
  };
}

const EMPTY = Buffer.from('{}');
const NOTHING: EngineResult = { data: { bytes: EMPTY, rows: 0 }, errors: [], coverage: undefined };

async function askEngine(
  steps: OperationSteps,
  { caller, rights, view, preferences, inParts, requestId, signal, forwarded, exactVariables }: OperationContext,
  admission: Extract<ValidationResult, { kind: 'admitted' }>,
  sent: Pick<ValidatedOperation, 'hash' | 'operationName' | 'variables'>,
): Promise<EngineResult> {
  if (admission.rest === undefined) return NOTHING;
  return steps.execute({
    document: admission.rest,
    ...sent,
    ...(exactVariables ? { variables: exactVariables } : {}),
    coerced: admission.coerced,
    view,
    caller,
    rights,
    completeness: preferences.completeness,
    // The record and the metrics want every platform; callers see what they asked to see.
    explainCoverage: true,
    deadlineMs: preferences.deadlineMs,
    requestId,
    inParts,
    signal,
    forwarded,
  });
}

/** What the view answered and what the engine answered, in the client's order. */
function merge(
  data: EngineResult['data'],
  { introspection, order }: Extract<ValidationResult, { kind: 'admitted' }>,
): EngineResult['data'] {
  if (!isObject(introspection?.data) || data === null) return data;
  if (order.length === 0) return { bytes: Buffer.from(JSON.stringify(introspection.data)), rows: data.rows };
  const members = readMembers(data.bytes);
  for (const [key, value] of Object.entries(introspection.data)) members.set(key, Buffer.from(JSON.stringify(value)));
  return { bytes: writeMembers(members, order), rows: data.rows };
}

export function visibleCoverage(coverage: Coverage | undefined, explain: boolean): Coverage | undefined {
  if (coverage === undefined || explain) return coverage;
  return { ...coverage, platforms: coverage.platforms.filter((entry) => entry.status !== 'OK') };
}

function toResult({ data, errors, coverage, withheld = [] }: EngineResult): Executed {
  const extensions = {
    ...(coverage === undefined ? {} : { coverage }),
    ...(withheld.length === 0 ? {} : { withheld }),
  };
  return {
    errors,
    data: data && new SerializedData(data),
    extensions: Object.keys(extensions).length === 0 ? undefined : extensions,
  };
}
