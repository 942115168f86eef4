/** Fields, arguments and values of one type against those of the standard. */
import {
  type ASTNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  print,
  type TypeDefinitionNode,
  type TypeNode,
} from 'graphql';
import { hasDirective } from '../applied-directives.ts';
import { checkDirectives } from './check-directives.ts';
import { createFinding, type SchemaFinding } from './finding.ts';

/** What the checks of members share. */
export interface MemberCheck {
  /** Coordinates that a merge needs: if they are missing, it is a breach. */
  readonly required: ReadonlySet<string>;
  /** Entities of other subgraphs. */
  readonly stubs: ReadonlySet<string>;
  /** True for a type or field of any subgraph of the standard. */
  readonly isKnown: (coordinate: string) => boolean;
}

/** What an extension of a platform begins with. */
const EXTENSION_PREFIX = 'x_';

export function checkMembers(
  platform: TypeDefinitionNode,
  standard: TypeDefinitionNode,
  check: MemberCheck,
): SchemaFinding[] {
  const type = standard.name.value;
  switch (standard.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION: {
      const fields = 'fields' in platform ? (platform.fields as readonly FieldDefinitionNode[]) : [];
      return [
        ...(standard.fields ?? []).flatMap((field) => checkField(type, byName(fields, field.name.value), field, check)),
        ...fields
          .filter((field) => byName(standard.fields ?? [], field.name.value) === undefined)
          .flatMap((field) => checkExtension(platform, field, check)),
      ];
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION: {
      const inputs = 'fields' in platform ? (platform.fields as readonly InputValueDefinitionNode[]) : [];
      return checkInputs(inputs, standard.fields ?? [], { coordinateOf: (name) => `${type}.${name}`, check });
    }
    case Kind.ENUM_TYPE_DEFINITION:
      return platform.kind === Kind.ENUM_TYPE_DEFINITION
        ? checkValues(type, platform.values ?? [], standard.values ?? [])
        : [];
    case Kind.UNION_TYPE_DEFINITION:
      return platform.kind === Kind.UNION_TYPE_DEFINITION
        ? checkValues(type, platform.types ?? [], standard.types ?? [])
        : [];
    case Kind.SCALAR_TYPE_DEFINITION:
      return [];
  }
}

function checkField(
  type: string,
  platform: FieldDefinitionNode | undefined,
  standard: FieldDefinitionNode,
  check: MemberCheck,
): SchemaFinding[] {
  const coordinate = `${type}.${standard.name.value}`;
  const expected = print(standard.type);
  if (platform === undefined) return [createMissing('missing-field', { coordinate, expected, check })];
  const coordinateOf = (argument: string): string => `${coordinate}(${argument}:)`;
  return [
    ...(isAsStrong(platform.type, standard.type)
      ? []
      : [
          createFinding('weaker-type', {
            coordinate,
            node: platform,
            found: `is ${print(platform.type)}`,
            expected,
            mend: `declare it ${expected}, and answer so`,
          }),
        ]),
    ...checkDirectives({ coordinate, platform, standard, isStub: check.stubs.has(coordinate) }),
    ...checkInputs(platform.arguments ?? [], standard.arguments ?? [], { coordinateOf, check }),
  ];
}

/** A type that no subgraph of the standard has, with its fields. */
export function checkOwnType(type: TypeDefinitionNode, check: MemberCheck): SchemaFinding[] {
  const fields = type.kind === Kind.OBJECT_TYPE_DEFINITION ? (type.fields ?? []) : [];
  return [...checkOwnName(type.name.value, type), ...fields.flatMap((field) => checkExtension(type, field, check))];
}

/** A field that the standard lacks needs a data class and a name that no later version of the standard takes. */
function checkExtension(
  platform: TypeDefinitionNode,
  field: FieldDefinitionNode,
  { isKnown }: MemberCheck,
): SchemaFinding[] {
  const type = platform.name.value;
  const coordinate = `${type}.${field.name.value}`;
  if (isKnown(coordinate)) return [];
  return [
    ...(isKnown(type) ? checkOwnName(coordinate, field) : []),
    ...([platform, field].some((node) => hasDirective(node, 'classified'))
      ? []
      : [
          createFinding('extension-class', {
            coordinate,
            node: field,
            found: 'has no data class',
            expected: '@classified(as:)',
            mend: 'add @classified(as: …) to it or to its type',
          }),
        ]),
  ];
}

function checkOwnName(coordinate: string, node: NamedNode): SchemaFinding[] {
  const name = node.name.value;
  if (name.startsWith(EXTENSION_PREFIX)) return [];
  const mend = `call it ${EXTENSION_PREFIX}${name}, or propose it for the standard`;
  return [createFinding('extension-name', { coordinate, node, found: 'is not in the standard', mend })];
}

interface InputsContext {
  readonly coordinateOf: (name: string) => string;
  readonly check: MemberCheck;
}

function checkInputs(
  platform: readonly InputValueDefinitionNode[],
  standard: readonly InputValueDefinitionNode[],
  { coordinateOf, check }: InputsContext,
): SchemaFinding[] {
  const findings = standard.flatMap((input) =>
    checkInput(coordinateOf(input.name.value), byName(platform, input.name.value), input, check),
  );
  const own = platform.filter(({ name }) => byName(standard, name.value) === undefined);
  return [
    ...findings,
    ...own.map((node) => {
      const coordinate = coordinateOf(node.name.value);
      const isDemanded = node.type.kind === Kind.NON_NULL_TYPE && node.defaultValue === undefined;
      return isDemanded
        ? createFinding('demanded-argument', {
            coordinate,
            node,
            found: 'is demanded, and the standard does not know it',
            mend: 'take it away, or let it be left out',
          })
        : createFinding('extension-argument', {
            coordinate,
            node,
            found: 'is not in the standard',
            mend: 'nothing: gateways never send it',
          });
    }),
  ];
}

function checkInput(
  coordinate: string,
  platform: InputValueDefinitionNode | undefined,
  standard: InputValueDefinitionNode,
  check: MemberCheck,
): SchemaFinding[] {
  const expected = print(standard.type);
  if (platform === undefined) return [createMissing('missing-argument', { coordinate, expected, check })];
  const [ownDefault, itsDefault] = [printDefault(platform), printDefault(standard)];
  return [
    ...(isAsStrong(standard.type, platform.type)
      ? []
      : [
          createFinding('narrower-argument', {
            coordinate,
            node: platform,
            found: `takes ${print(platform.type)}`,
            expected,
            mend: `take ${expected}`,
          }),
        ]),
    ...(ownDefault === itsDefault
      ? []
      : [
          createFinding('changed-default', {
            coordinate,
            node: platform,
            found: ownDefault === undefined ? 'has no default' : `is ${ownDefault} if it is left out`,
            expected: itsDefault ?? 'no default',
            mend: itsDefault === undefined ? 'take the default away' : `write = ${itsDefault}`,
          }),
        ]),
    ...checkDirectives({ coordinate, platform, standard, isStub: check.stubs.has(coordinate) }),
  ];
}

function checkValues(type: string, platform: readonly NamedNode[], standard: readonly NamedNode[]): SchemaFinding[] {
  const missing = standard.filter(({ name }) => byName(platform, name.value) === undefined);
  const foreign = platform.filter(({ name }) => byName(standard, name.value) === undefined);
  return [
    ...missing.map(({ name }) =>
      createFinding('missing-value', {
        coordinate: `${type}.${name.value}`,
        found: 'is missing',
        expected: name.value,
        mend: 'add it; a value that no row has costs nothing',
      }),
    ),
    ...foreign.map((node) =>
      createFinding('foreign-value', {
        coordinate: `${type}.${node.name.value}`,
        node,
        found: 'is foreign to the standard',
        expected: standard.map(({ name }) => name.value).join(' '),
        mend: 'map it to a value of the standard',
      }),
    ),
  ];
}

interface MissingMember {
  readonly coordinate: string;
  readonly expected: string;
  readonly check: MemberCheck;
}

function createMissing(
  rule: 'missing-field' | 'missing-argument',
  { coordinate, expected, check: { required } }: MissingMember,
): SchemaFinding {
  const verb = rule === 'missing-field' ? 'serve' : 'take';
  return required.has(coordinate)
    ? createFinding('missing-merge-member', {
        coordinate,
        found: 'is missing, and gateways merge by it',
        expected,
        mend: `${verb} it: without it answers cannot be merged`,
      })
    : createFinding(rule, { coordinate, found: 'is missing', expected, mend: `${verb} it if the platform has it` });
}

/** True if every value of `own` is one of `standard`: the same type, with no promise dropped. */
function isAsStrong(own: TypeNode, standard: TypeNode): boolean {
  if (standard.kind === Kind.NON_NULL_TYPE)
    return own.kind === Kind.NON_NULL_TYPE && isAsStrong(own.type, standard.type);
  if (own.kind === Kind.NON_NULL_TYPE) return isAsStrong(own.type, standard);
  if (standard.kind === Kind.LIST_TYPE) return own.kind === Kind.LIST_TYPE && isAsStrong(own.type, standard.type);
  return own.kind === Kind.NAMED_TYPE && own.name.value === standard.name.value;
}

function printDefault({ defaultValue }: InputValueDefinitionNode): string | undefined {
  return defaultValue && print(defaultValue);
}

type NamedNode = ASTNode & { readonly name: { readonly value: string } };

function byName<Node extends { readonly name: { readonly value: string } }>(
  nodes: readonly Node[],
  name: string,
): Node | undefined {
  return nodes.find((node) => node.name.value === name);
}
