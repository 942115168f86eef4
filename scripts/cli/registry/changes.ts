/** Two supergraphs → what changes for clients, and which coordinates show who would break. */
import { readApiSchema } from '@yiwang/gateway/supergraph/index.ts';
import { buildASTSchema, type DocumentNode, type GraphQLSchema, Kind, parse } from 'graphql';

export interface SchemaChange {
  readonly level: 'BREAKING' | 'DANGEROUS' | 'SAFE';
  readonly message: string;
  /** Coordinates whose uses would be affected; `Case.` stands for all that begin so. */
  readonly affects: string;
}

const LEVELS = { BREAKING: 'BREAKING', DANGEROUS: 'DANGEROUS', NON_BREAKING: 'SAFE' } as const;
const ORDER = ['BREAKING', 'DANGEROUS', 'SAFE'];

/** Breaking ones first. */
export async function findChanges(before: string, after: string): Promise<SchemaChange[]> {
  const { diff } = await import('@graphql-inspector/core');
  const changes = await diff(toClientSchema(before), toClientSchema(after));
  return changes
    .map(({ criticality, message, type, path }) => ({
      level: LEVELS[criticality.level],
      message,
      affects: affectedBy(type, path ?? ''),
    }))
    .sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level) || (a.affects < b.affects ? -1 : 1));
}

/** What clients may know of a supergraph. Throws an `Error` for a text that is none. */
function toClientSchema(supergraph: string): GraphQLSchema {
  const { types, directives } = readApiSchema(parse(supergraph));
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [...types, ...directives] };
  return buildASTSchema(document, { assumeValidSDL: true });
}

/** A path is `Query.cases.first`, `Case.status` or `CaseStatus.FILED`. */
function affectedBy(type: string, path: string): string {
  const [owner = '', member, argument] = path.split('.');
  if (member === undefined) return `${owner}.`;
  // Who uses the field or the input must give what is new.
  if (type === 'FIELD_ARGUMENT_ADDED') return `${owner}.${member}`;
  if (type === 'INPUT_FIELD_ADDED') return `${owner}.`;
  return argument === undefined ? path : `${owner}.${member}(${argument}:)`;
}
