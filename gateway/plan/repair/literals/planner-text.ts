/**
 * Operation → the text that planners are given: harmless literals stand for those that planners would change, and
 * directives are left out. The other half of this repair is `restore-literals.ts`.
 */
import {
  type DocumentNode,
  type FloatValueNode,
  type IntValueNode,
  Kind,
  print,
  type StringValueNode,
  visit,
} from 'graphql';
import { collectVariables } from '../../../kit/graphql/collect-variables.ts';

/** True if a planner may change what the client wrote. */
export function isAlteredByPlanners(document: DocumentNode): boolean {
  let isAltered = false;
  visit(document, {
    Directive: ({ name }) => {
      isAltered ||= name.value !== 'defer';
    },
    IntValue: (node) => {
      isAltered ||= isAlteredLiteral(node);
    },
    FloatValue: (node) => {
      isAltered ||= isAlteredLiteral(node);
    },
    StringValue: (node) => {
      isAltered ||= isAlteredLiteral(node);
    },
  });
  return isAltered;
}

type Literal = IntValueNode | FloatValueNode | StringValueNode;

function isAlteredLiteral({ kind, value }: Literal): boolean {
  if (kind === Kind.STRING) return UNUSUAL_CHARACTERS.test(value);
  return String(Number(value)) !== value || (kind === Kind.INT && !Number.isSafeInteger(Number(value)));
}

/** Characters that a literal escapes, and characters that are invisible. */
const UNUSUAL_CHARACTERS = /["\\\p{C}\u2028\u2029]/u;

/** Planners know no directive but `@defer`. A literal that they would change has another of its kind in its place. */
export function writePlannerText(document: DocumentNode): string {
  const texts = new Map<string, number>();
  const numberOf = ({ kind, value }: Literal): number => {
    const text = `${kind} ${value}`;
    const number = texts.get(text) ?? texts.size;
    texts.set(text, number);
    return number;
  };
  const stripped: DocumentNode = visit(document, {
    Directive: ({ name }) => (name.value === 'defer' ? undefined : null),
    IntValue: (node) =>
      isAlteredLiteral(node) ? { ...node, value: String(PLACEHOLDER_INT_FIRST + numberOf(node)) } : undefined,
    FloatValue: (node) =>
      isAlteredLiteral(node) ? { ...node, value: `${PLACEHOLDER_INT_FIRST + numberOf(node)}.5` } : undefined,
    StringValue: (node) =>
      isAlteredLiteral(node) ? { ...node, value: `yw literal ${numberOf(node)}`, block: false } : undefined,
  });
  const variableNames = new Set(stripped.definitions.flatMap((node) => [...variablesUsedIn(node)]));
  return print(
    visit(stripped, { VariableDefinition: ({ variable }) => (variableNames.has(variable.name.value) ? false : null) }),
  );
}

/** The first number that stands for another: an `Int` holds it, and hardly any client writes it. */
const PLACEHOLDER_INT_FIRST = 2_147_400_000;

function variablesUsedIn(node: DocumentNode['definitions'][number]): Set<string> {
  if (node.kind === Kind.OPERATION_DEFINITION) return collectVariables({ ...node, variableDefinitions: [] });
  return collectVariables(node);
}
