/**
 * View and document → an operation that may be planned, or the errors that refuse it. Bounds are checked first, then
 * the document is validated, then its values are.
 */
import {
  type DocumentNode,
  type GraphQLError,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  specifiedRules,
  type VariableNode,
  validate,
} from 'graphql';
import { createLruCache } from '../kit/collections/lru-cache.ts';
import type { KeyedDigest } from '../kit/crypto/keyed-digest.ts';
import { estimateDocumentBytes } from '../kit/graphql/document-bytes.ts';
import { PublicError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import type { MaskedOperation } from '../model/record-entry.ts';
import type { Dimensions } from '../model/supergraph/supergraph-rules.ts';
import type { OperationRequest } from '../model/validated-operation.ts';
import { DEFER_RULES } from './defer-rules.ts';
import { type FieldsByClass, fieldsByClass } from './fields-by-class.ts';
import { findInputLocation } from './input-location.ts';
import { checkIntrospection } from './introspection/check-introspection.ts';
import { type IntrospectionSplit, mentionsSchema, splitIntrospection } from './introspection/split-introspection.ts';
import { checkLists } from './limits/check-lists.ts';
import { checkRecordSize, checkShape } from './limits/check-shape.ts';
import { checkVariables } from './limits/check-variables.ts';
import { checkNullArguments, findNullableArguments } from './nulls/null-arguments.ts';
import { checkNullConditions, findNullableConditions, type NullableCondition } from './nulls/null-conditions.ts';
import { type RecordedText, recordOperation, writeRecordedText } from './recorded/recorded-operation.ts';
import { findUsedCoordinates, type UsedCoordinates } from './used-coordinates.ts';

/** What admission looks at. Equal texts (by `hash`) are checked once for each view. */
export type ValidationRequest = Pick<OperationRequest, 'view' | 'document' | 'hash' | 'operationName' | 'variables'>;

export type ValidationResult =
  | ({
      readonly kind: 'admitted';
      readonly operation: OperationDefinitionNode;
      readonly fields: FieldsByClass;
      /** For the record; undefined if nothing is recorded. */
      readonly masked: MaskedOperation | undefined;
      /** For the registry; undefined if usage is not counted. */
      readonly used: UsedCoordinates | undefined;
      /** The variables, coerced. */
      readonly coerced: Readonly<Record<string, unknown>>;
    } & IntrospectionSplit)
  | Refused;

interface Refused {
  readonly kind: 'refused';
  readonly errors: readonly GraphQLError[];
}

/** What holds for an operation whatever its variables are. */
interface CheckedOperation {
  readonly kind: 'valid';
  readonly operation: OperationDefinitionNode;
  readonly fields: FieldsByClass;
  readonly recordedText: RecordedText | undefined;
  readonly used: UsedCoordinates | undefined;
  readonly conditions: readonly NullableCondition[];
  readonly nullable: readonly VariableNode[];
  readonly mentionsSchema: boolean;
  /** Heap of the document. */
  readonly bytes: number;
}

/** Errors of variables that one response lists. */
const ERRORS_MAX = 20;

/** The message of graphql-js when it has compared as many fields as it ever does: a bound that cannot be set. */
const VALIDATION_ABORTED = 'Validation aborted.';

const RULES = [...specifiedRules, ...DEFER_RULES];

export type Admit = (proposal: ValidationRequest) => ValidationResult;

export interface AdmitOptions {
  readonly limits: Limits;
  readonly classOf: (type: string, field: string) => string;
  /** True if `listSizeMax` and `rowsMax` bound pages, since `first` and `top` mean what the standard says. */
  readonly boundLists: boolean;
  /** Default: none. */
  readonly dimensions?: Dimensions;
  /** Masks values for the record. Undefined if nothing is recorded. */
  readonly digest?: KeyedDigest | undefined;
  /** Default: false. */
  readonly countsUsage?: boolean;
}

export function createAdmit(options: AdmitOptions): Admit {
  const { limits, classOf, boundLists, dimensions = new Map(), digest, countsUsage = false } = options;
  const sizing = { bytesMax: limits.documentCacheBytesMax, bytesOf: ({ bytes }: CheckedOperation) => bytes };
  const checked = createLruCache<string, CheckedOperation>(limits.documentCacheMax, sizing);

  const checkDocument = ({ view, document, operationName }: ValidationRequest): CheckedOperation | Refused => {
    const operation = getOperationAST(document, operationName);
    if (!operation) return refused(createNotFoundError(document, operationName));
    if (operation.operation === 'subscription') {
      return refused(new PublicError('BAD_USER_INPUT', 'This gateway does not answer subscriptions; send a query.'));
    }
    if (!view.schema.getRootType(operation.operation)) return refused(createNoRootTypeError(operation));
    const excesses = checkShape(document, operation, limits);
    if (excesses.length > 0) return refused(...excesses);
    const faults = validate(view.schema, document, RULES);
    if (faults.length > 0) return refused(...faults.map((fault) => toValidationError(fault, operation)));
    const recordedText = digest && writeRecordedText(view.schema, document, operation, digest);
    const beyond = checkRecordSize('recordTextMax', recordedText?.text, limits);
    if (beyond) return refused(beyond);
    const used = countsUsage ? findUsedCoordinates(view.schema, document, operation) : undefined;
    return {
      kind: 'valid',
      operation,
      recordedText,
      used,
      fields: fieldsByClass(view.schema, document, classOf),
      conditions: findNullableConditions(document, operation),
      // The gateway reads arguments itself here. Elsewhere subgraphs check their own.
      nullable: boundLists ? findNullableArguments(view.schema, document, operation) : [],
      mentionsSchema: mentionsSchema(document),
      bytes: estimateDocumentBytes(document) + 2 * (recordedText?.text.length ?? 0) + bytesOfUsed(used),
    };
  };

  return (proposal) => {
    const { view, document, hash, operationName, variables } = proposal;
    const key = `${view.name} ${hash} ${operationName ?? ''}`;
    const valid = checked.get(key) ?? checkDocument(proposal);
    if (valid.kind === 'refused') return valid;
    checked.set(key, valid);
    const { operation, fields, used, conditions, nullable, mentionsSchema } = valid;
    const { schema } = view;
    const excesses = checkVariables(variables, limits);
    if (excesses.length > 0) return refused(...excesses);
    const values = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: ERRORS_MAX });
    if (values.errors) return refused(...values.errors.map((error) => withCode(error, 'BAD_USER_INPUT', operation)));
    const { coerced } = values;
    const nulls = [...checkNullConditions(conditions, coerced), ...checkNullArguments(nullable, operation, coerced)];
    if (nulls.length > 0) return refused(...nulls);
    const faults = boundLists
      ? checkLists({ schema, document, operation, variables: coerced, limits, dimensions })
      : [];
    if (faults.length > 0) return refused(...faults);
    const tooLarge = mentionsSchema && checkIntrospection({ schema, document, operation, coerced }, limits);
    if (tooLarge) return refused(tooLarge);
    const split = mentionsSchema
      ? splitIntrospection({ schema, document, operation, variables, coerced })
      : { introspection: undefined, rest: document, order: [] };
    const masked = digest && valid.recordedText && recordOperation(valid.recordedText, variables, hash, digest);
    const beyond = checkRecordSize('recordVariablesMax', masked?.variables, limits);
    if (beyond) return refused(beyond);
    return { kind: 'admitted', operation, fields, masked, used, coerced, ...split };
  };
}

/** A string of V8 has some 24 bytes besides its characters. */
function bytesOfUsed(used: UsedCoordinates | undefined): number {
  return (used?.coordinates ?? []).reduce((sum, coordinate) => sum + 24 + coordinate.length, 0);
}

function refused(...errors: readonly GraphQLError[]): Refused {
  return { kind: 'refused', errors };
}

/** A value that breaks the standard is bad input, whether it is a literal or a variable. */
function toValidationError(error: GraphQLError, operation: OperationDefinitionNode): PublicError {
  if (error.message === VALIDATION_ABORTED) {
    const message =
      'Too many fields of the operation may share a response name to be compared; ask for less at a time.';
    return new PublicError('TOO_COSTLY', message);
  }
  const code = error.extensions.breach === undefined ? 'GRAPHQL_VALIDATION_FAILED' : 'BAD_USER_INPUT';
  return withCode(error, code, operation);
}

function withCode(
  error: GraphQLError,
  code: 'BAD_USER_INPUT' | 'GRAPHQL_VALIDATION_FAILED',
  operation: OperationDefinitionNode,
): PublicError {
  const { code: _, ...extensions } = error.extensions;
  const nodes = error.nodes ? { nodes: error.nodes } : {};
  const place = code === 'BAD_USER_INPUT' ? findInputLocation(operation, error.nodes?.[0]) : undefined;
  if (!place) return new PublicError(code, error.message, { extensions, ...nodes });
  const { path, argument } = place;
  return new PublicError(code, error.message, { path, extensions: { ...extensions, argument }, ...nodes });
}

/** Validation compares fields with the operation's root type, and reports nothing if the schema has none. */
function createNoRootTypeError(operation: OperationDefinitionNode): PublicError {
  const message = `The schema has no ${operation.operation} type, so it cannot answer the operation.`;
  return new PublicError('GRAPHQL_VALIDATION_FAILED', message, { nodes: [operation] });
}

function createNotFoundError(document: DocumentNode, operationName: string | undefined): PublicError {
  const names = document.definitions.flatMap((node) =>
    node.kind === 'OperationDefinition' ? [node.name?.value ?? '(without a name)'] : [],
  );
  if (names.length === 0) return new PublicError('BAD_USER_INPUT', 'The document holds no operation.');
  const expectation =
    operationName === undefined ? 'Say which by "operationName"' : `There is none of the name "${operationName}"`;
  return new PublicError('BAD_USER_INPUT', `${expectation}; the document holds ${names.slice(0, 10).join(', ')}.`);
}
