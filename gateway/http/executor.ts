/** A parsed operation → its answer: admitted, then split into what the view and what the engine answers. */
import { membersOf, writeMembers } from '../kit/json-members.ts';
import type { Answered, Asked, Coverage } from '../model/request.ts';
import { DataText } from './answer-text.ts';
import type { Executed, Executor } from './executed.ts';
import type { ErrorMask } from './mask-errors.ts';
import type { Admission, GraphSteps } from './ports.ts';
import type { Visit } from './visit.ts';

/** Without a mask errors of subgraphs are told as they came. */
export function createExecutor(steps: GraphSteps, mask?: ErrorMask): Executor {
  return async (sent, visit) => {
    const { document, hash, operationName, variables } = sent;
    const admission = steps.admit({ view: visit.view, document, hash, operationName, variables });
    if (admission.kind === 'refused') return { errors: admission.errors };

    const { kept, fields, operation } = admission;
    visit.findings.asked = kept && { ...kept, name: operation.name?.value, fields };
    const answered = await askEngine(steps, visit, admission, { hash, operationName, variables });
    visit.findings.coverage = answered.coverage;
    const data = merge(answered.data, admission);
    visit.findings.data = data;
    const { later, errors: found } = answered;
    visit.findings.later = mask && later ? mask.later(later, visit.requestId) : later;
    const errors = [
      ...(admission.introspection?.errors ?? []),
      ...(mask ? mask.errors(found, visit.requestId) : found),
    ];
    const coverage = visibleCoverage(answered.coverage, visit.preferences.explainCoverage);
    return toResult({ data, errors, coverage, withheld: answered.withheld ?? [] });
  };
}

const EMPTY = Buffer.from('{}');
const NOTHING: Answered = { data: { bytes: EMPTY, rows: 0 }, errors: [], coverage: undefined };

async function askEngine(
  steps: GraphSteps,
  { caller, rights, view, preferences, inParts, requestId, signal, forwarded, exactVariables }: Visit,
  admission: Extract<Admission, { kind: 'admitted' }>,
  sent: Pick<Asked, 'hash' | 'operationName' | 'variables'>,
): Promise<Answered> {
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
  data: Answered['data'],
  { introspection, order }: Extract<Admission, { kind: 'admitted' }>,
): Answered['data'] {
  if (!isRecord(introspection?.data) || data === null) return data;
  if (order.length === 0) return { bytes: Buffer.from(JSON.stringify(introspection.data)), rows: data.rows };
  const members = membersOf(data.bytes);
  for (const [key, value] of Object.entries(introspection.data)) members.set(key, Buffer.from(JSON.stringify(value)));
  return { bytes: writeMembers(members, order), rows: data.rows };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

export function visibleCoverage(coverage: Coverage | undefined, explain: boolean): Coverage | undefined {
  if (coverage === undefined || explain) return coverage;
  return { ...coverage, platforms: coverage.platforms.filter((entry) => entry.status !== 'OK') };
}

function toResult({ data, errors, coverage, withheld = [] }: Answered): Executed {
  const extensions = {
    ...(coverage === undefined ? {} : { coverage }),
    ...(withheld.length === 0 ? {} : { withheld }),
  };
  return {
    errors,
    data: data && new DataText(data),
    extensions: Object.keys(extensions).length === 0 ? undefined : extensions,
  };
}
