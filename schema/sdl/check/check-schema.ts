/** A platform's schema against the standard's: what it does not serve, and what it serves in another way. */
import {
  type DefinitionNode,
  type DocumentNode,
  Kind,
  specifiedScalarTypes,
  type TypeDefinitionNode,
  visit,
} from 'graphql';
import { isEntity } from '../entity-stub.ts';
import { requiredMembers } from '../required-members.ts';
import { definitionsOf, readDirectiveDefinitions } from '../sdl.ts';
import type { SubgraphSchema } from '../subgraph-schema.ts';
import { checkDirectives } from './check-directives.ts';
import { checkMembers, checkOwnType, type MemberCheck } from './check-members.ts';
import { createFinding, type SchemaFinding } from './finding.ts';

/**
 * Findings in the order of the standard; empty for a schema that conforms. `known` are the schemas of all subgraphs: a
 * platform may serve several, and what belongs to another one is no extension.
 */
export function checkSchema(
  platform: DocumentNode,
  standard: SubgraphSchema,
  known: readonly DocumentNode[] = [standard.document],
): SchemaFinding[] {
  const platformTypes = new Map(definitionsOf(platform));
  const coordinates = new Set([standard.document, readDirectiveDefinitions(), ...known].flatMap(coordinatesOf));
  const check: MemberCheck = {
    required: requiredMembers(standard.document),
    stubs: standard.stubs,
    isKnown: (coordinate) => coordinates.has(coordinate),
  };
  const types = known.map((document) => new Map(definitionsOf(document)));
  const typesCalled = (name: string) => types.flatMap((byName) => byName.get(name) ?? []).filter(isType);
  const findings = definitionsOf(standard.document).flatMap(([name, definition]) =>
    isType(definition)
      ? checkType(platformTypes.get(name), definition, { ...check, elsewhere: typesCalled(name) })
      : [],
  );
  const own = [...platformTypes].flatMap(([name, definition]) =>
    isType(definition) && !coordinates.has(name) && !isMachinery(name) ? checkOwnType(definition, check) : [],
  );
  return [...findings, ...own, ...checkReferences(platform, platformTypes)];
}

/** Types of GraphQL and of Federation, and what gateways never ask for. */
function isMachinery(name: string): boolean {
  return name.startsWith('_') || name.includes('__') || ['Query', 'Mutation', 'Subscription'].includes(name);
}

interface TypeCheck extends MemberCheck {
  /** The type in other subgraphs. */
  readonly elsewhere: readonly TypeDefinitionNode[];
}

function checkType(
  platform: DefinitionNode | undefined,
  standard: TypeDefinitionNode,
  { elsewhere, ...check }: TypeCheck,
): SchemaFinding[] {
  const coordinate = standard.name.value;
  // The fields that would return a missing type report it. An entity can be asked for without a field.
  if (platform === undefined) {
    if (!isEntity(standard)) return [];
    const mend = 'serve it if the platform has its rows';
    return [createFinding('missing-entity', { coordinate, found: 'is missing', expected: kindOf(standard), mend })];
  }
  if (!isType(platform) || platform.kind !== standard.kind) {
    const expected = kindOf(standard);
    const found = `is of another kind: ${isType(platform) ? kindOf(platform) : platform.kind}`;
    return [createFinding('other-kind', { coordinate, node: platform, found, expected, mend: `make it ${expected}` })];
  }
  return [
    ...checkDirectives({ coordinate, platform, standard, isStub: check.stubs.has(coordinate), elsewhere }),
    ...checkMembers(platform, standard, check),
  ];
}

function checkReferences(platform: DocumentNode, types: ReadonlyMap<string, DefinitionNode>): SchemaFinding[] {
  const references = new Map<string, DocumentNode['definitions'][number] | undefined>();
  for (const definition of platform.definitions) {
    visit(definition, {
      NamedType: ({ name }) => {
        if (!references.has(name.value)) references.set(name.value, definition);
      },
    });
  }
  return [...references]
    .filter(([name]) => !types.has(name) && !specifiedScalarTypes.some((scalar) => scalar.name === name))
    .map(([coordinate, node]) =>
      createFinding('undefined-type', {
        coordinate,
        node,
        found: 'is referred to and not defined',
        mend: 'define it, or take the reference away',
      }),
    );
}

/** `Case`, `Case.status`, of types with fields. */
function coordinatesOf(document: DocumentNode): string[] {
  return definitionsOf(document).flatMap(([name, definition]) =>
    'fields' in definition
      ? [name, ...(definition.fields ?? []).map((field) => `${name}.${field.name.value}`)]
      : [name],
  );
}

function isType(node: DefinitionNode): node is TypeDefinitionNode {
  return /^(Scalar|Object|Interface|Union|Enum|InputObject)TypeDefinition$/.test(node.kind);
}

function kindOf({ kind }: TypeDefinitionNode): string {
  if (kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) return 'an input';
  const word = kind === Kind.OBJECT_TYPE_DEFINITION ? 'type' : kind.replace('TypeDefinition', '').toLowerCase();
  return /^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`;
}
