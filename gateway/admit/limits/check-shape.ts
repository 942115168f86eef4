/** Measures of an operation → errors for those beyond their limits, with value, limit and path. */
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { type ErrorCode, type Path, PublicError } from '../../model/errors.ts';
import type { LimitName, Limits } from '../../model/limits.ts';
import { keysOf, measureOperation, measureText } from './operation-shape.ts';

export interface LimitExcess {
  readonly code?: ErrorCode;
  readonly limit: LimitName;
  readonly value: number;
  readonly max: number;
  readonly message: string;
  readonly path?: Path;
}

export function createLimitError({ code = 'TOO_COSTLY', limit, value, max, message, path }: LimitExcess): PublicError {
  return new PublicError(code, message, { ...(path ? { path } : {}), extensions: { limit, value, max } });
}

/** Runs before validation, whose cost these limits bound. */
export function checkShape(document: DocumentNode, operation: OperationDefinitionNode, limits: Limits): PublicError[] {
  const shape = measureOperation(document, operation);
  const { directives, fragmentDefinitions, inputDepth } = measureText(document);
  const path = keysOf(shape.deepest, limits.depthMax + 1);
  const excesses: LimitExcess[] = [
    createExcess('depthMax', shape.depth, limits, 'The operation is nested {value} levels deep', path),
    createExcess('nestingMax', shape.nesting, limits, 'The operation is nested {value} levels deep, fragments counted'),
    createExcess('fieldsMax', shape.fields, limits, 'The operation has {value} fields, fragments spread out'),
    createExcess(
      'fragmentsMax',
      shape.fragments,
      limits,
      'The operation has {value} fragments, each counted where it is spread',
    ),
    createExcess('rootFieldsMax', shape.rootFields, limits, 'The operation has {value} root fields'),
    createExcess('aliasesMax', shape.aliases, limits, 'The operation has {value} aliases'),
    createExcess('fragmentDefinitionsMax', fragmentDefinitions, limits, 'The document has {value} named fragments'),
    createExcess('directivesMax', directives, limits, 'The operation has {value} directives'),
    createExcess('inputDepthMax', inputDepth, limits, 'The operation has a value nested {value} levels deep'),
  ];
  return excesses.filter(({ value, max }) => value > max).map(createLimitError);
}

/** An operation that does not fit in the record does not run, since the record keeps all of it. */
export function checkRecordSize(
  limit: 'recordTextMax' | 'recordVariablesMax',
  text: string | undefined,
  limits: Limits,
): PublicError | undefined {
  if (text === undefined || text.length <= limits[limit]) return undefined;
  const what = limit === 'recordTextMax' ? 'operation has' : 'variables of the operation have';
  return createLimitError(createExcess(limit, text.length, limits, `The ${what} {value} characters on record`));
}

function createExcess(limit: LimitName, value: number, limits: Limits, text: string, path?: Path): LimitExcess {
  const max = limits[limit];
  const message = `${text.replace('{value}', String(value))}; at most ${max} are allowed.`;
  return { limit, value, max, message, ...(path ? { path } : {}) };
}
