/** A row of the organisation directory, checked: code → where an organisation belongs and whom it serves. */
import { isObject } from '../protocol/is-object.ts';
import { standardScalars } from '../scalars/standard-scalars.ts';

/** Days are `YYYY-MM-DD`. */
export interface Organisation {
  /** Unified social credit code. It is opaque: nothing is read from its digits but whether they are valid. */
  readonly code: string;
  /** The division whose government runs it: its platform holds the row. */
  readonly division: string;
  /** The divisions that it serves, at least one. */
  readonly serves: readonly string[];
  /** The first day on which it existed; null if that is not known. */
  readonly validFrom: string | null;
  /** The first day on which it no longer exists; null while it does. */
  readonly validTo: string | null;
  /** The organisation that took over its duties; null while it exists. */
  readonly successor: string | null;
}

export type ParsedOrganisation =
  | { readonly kind: 'valid'; readonly organisation: Organisation }
  | { readonly kind: 'invalid'; readonly faults: readonly string[] };

/** `serves` is a list of codes, or of objects with a code; a day or a successor that is missing is null. */
export function parseOrganisation(row: unknown): ParsedOrganisation {
  if (!isObject(row)) return { kind: 'invalid', faults: ['it is not an object'] };
  const faults: string[] = [];
  const check = (scalar: string, field: string, value: unknown): string => {
    const fault = findFault(scalar, value);
    if (fault !== undefined) faults.push(`"${field}": ${fault}`);
    return String(value);
  };
  const checkOptional = (scalar: string, field: string, value: unknown): string | null =>
    value === null || value === undefined ? null : check(scalar, field, value);
  const serves = Array.isArray(row.serves) ? row.serves.map(codeOf) : [];
  if (serves.length === 0) faults.push('"serves": expected the divisions that it serves, at least one');
  const organisation: Organisation = {
    code: check('CreditCode', 'code', row.code),
    division: check('DivisionCode', 'division', codeOf(row.division)),
    serves: serves.map((division) => check('DivisionCode', 'serves', division)),
    validFrom: checkOptional('Date', 'validFrom', row.validFrom),
    validTo: checkOptional('Date', 'validTo', row.validTo),
    successor: checkOptional('CreditCode', 'successor', codeOf(row.successor)),
  };
  if (faults.length === 0) faults.push(...findContradictions(organisation));
  return faults.length === 0 ? { kind: 'valid', organisation } : { kind: 'invalid', faults };
}

/** The form is the canonical one, so that equal codes are equal texts. */
function findFault(scalar: string, value: unknown): string | undefined {
  try {
    const parsed = standardScalars[scalar]!.parse(value);
    return parsed === value ? undefined : `${JSON.stringify(value)} is not in its canonical form, ${String(parsed)}`;
  } catch (error) {
    return (error as Error).message;
  }
}

function findContradictions({ code, validFrom, validTo, successor }: Organisation): string[] {
  const faults: string[] = [];
  if (validFrom !== null && validTo !== null && validFrom >= validTo) {
    faults.push(`it ended on ${validTo}, which is not after its beginning on ${validFrom}`);
  }
  if (successor === code) faults.push('it is its own successor');
  if (successor !== null && validTo === null) faults.push('it has a successor, but no day on which it ended');
  return faults;
}

/** GraphQL answers with `{ code }` where files have the code. */
function codeOf(value: unknown): unknown {
  return isObject(value) ? value.code : value;
}
