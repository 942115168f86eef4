/** Operation → the text that planners are given: what they would change in it has something of its kind in its place. */
import {
  type DocumentNode,
  type FloatValueNode,
  type IntValueNode,
  Kind,
  print,
  type StringValueNode,
  visit,
} from 'graphql';
import { variablesIn } from '../kit/variables-in.ts';

/** True where planners may change what the client wrote. */
export function mayLose(document: DocumentNode): boolean {
  let may = false;
  visit(document, {
    Directive: ({ name }) => {
      may ||= name.value !== 'defer';
    },
    IntValue: (node) => {
      may ||= isLost(node);
    },
    FloatValue: (node) => {
      may ||= isLost(node);
    },
    StringValue: (node) => {
      may ||= isLost(node);
    },
  });
  return may;
}

type Literal = IntValueNode | FloatValueNode | StringValueNode;

function isLost({ kind, value }: Literal): boolean {
  if (kind === Kind.STRING) return UNUSUAL.test(value);
  return String(Number(value)) !== value || (kind === Kind.INT && !Number.isSafeInteger(Number(value)));
}

/** What is not written as it is in a literal, or is not seen there. */
const UNUSUAL = /["\\\p{C}\u2028\u2029]/u;

/** The text for planners, which know no directive but `@defer`: what they would not write as it is has another literal of its kind in its place. */
export function textForPlanners(document: DocumentNode): string {
  const texts = new Map<string, number>();
  const numberOf = ({ kind, value }: Literal): number => {
    const text = `${kind} ${value}`;
    const known = texts.get(text) ?? texts.size;
    texts.set(text, known);
    return known;
  };
  const stripped: DocumentNode = visit(document, {
    Directive: ({ name }) => (name.value === 'defer' ? undefined : null),
    IntValue: (node) => (isLost(node) ? { ...node, value: String(INT_FIRST + numberOf(node)) } : undefined),
    FloatValue: (node) => (isLost(node) ? { ...node, value: `${INT_FIRST + numberOf(node)}.5` } : undefined),
    StringValue: (node) =>
      isLost(node) ? { ...node, value: `yw literal ${numberOf(node)}`, block: false } : undefined,
  });
  const used = new Set(stripped.definitions.flatMap((node) => [...usedIn(node)]));
  return print(
    visit(stripped, { VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? false : null) }),
  );
}

/** Of the numbers in place of others: `Int` holds it, and hardly anybody writes it. */
const INT_FIRST = 2_147_400_000;

function usedIn(node: DocumentNode['definitions'][number]): Set<string> {
  if (node.kind === Kind.OPERATION_DEFINITION) return variablesIn({ ...node, variableDefinitions: [] });
  return variablesIn(node);
}
