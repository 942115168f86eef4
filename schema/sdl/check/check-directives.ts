/** The directives of one definition or member against those of the standard. */
import { type ConstDirectiveNode, print } from 'graphql';
import { type DirectedNode, directiveOf } from '../applied-directives.ts';
import { createFinding, type SchemaFinding } from './finding.ts';

/** Directives that carry rules of the standard. */
const RULE_DIRECTIVES = ['key', 'jurisdiction', 'partitioned', 'gather', 'classified', 'masked'];

interface DirectivesToCheck {
  readonly coordinate: string;
  readonly platform: DirectedNode;
  readonly standard: DirectedNode;
  /** True for an entity that another subgraph owns. */
  readonly isStub: boolean;
  /** The same definition in other subgraphs, whose directives a server with several of them prints, too. */
  readonly elsewhere?: readonly DirectedNode[];
}

export function checkDirectives(subject: DirectivesToCheck): SchemaFinding[] {
  return RULE_DIRECTIVES.flatMap((name) => checkDirective(subject, name));
}

function checkDirective(
  { coordinate, platform, standard, isStub, elsewhere = [] }: DirectivesToCheck,
  name: string,
): SchemaFinding[] {
  const node = directiveOf(platform, name);
  const found = printDirective(node, isStub);
  const expected = printDirective(directiveOf(standard, name), isStub);
  if (expected === found) return [];
  const place = { coordinate, node };
  if (expected === undefined) {
    // A stub may tell more of its entity than it must.
    if (isStub || elsewhere.some((other) => printDirective(directiveOf(other, name), isStub) === found)) return [];
    // A field may be in a narrower class than the standard's, or be masked.
    if (name === 'classified' || name === 'masked') {
      const mend = 'nothing, if the platform means to show it to fewer callers';
      return [createFinding('narrower-class', { ...place, found: `has ${found}`, mend })];
    }
    const mend = `take ${found} away: gateways route and merge by the standard's rules alone`;
    return [createFinding('foreign-directive', { ...place, found: `has ${found}`, mend })];
  }
  return found === undefined
    ? [createFinding('lost-directive', { ...place, found: `lacks @${name}`, expected, mend: `add ${expected}` })]
    : [createFinding('changed-directive', { ...place, found: `has ${found}`, expected, mend: `write ${expected}` })];
}

/** In one form: arguments in the order of their names. A platform may resolve an entity of another subgraph or not. */
function printDirective(applied: ConstDirectiveNode | undefined, isStub: boolean): string | undefined {
  if (applied === undefined) return undefined;
  const values = (applied.arguments ?? [])
    .filter((argument) => !isStub || argument.name.value !== 'resolvable')
    .map((argument) => `${argument.name.value}: ${print(argument.value)}`)
    .sort();
  return values.length === 0 ? `@${applied.name.value}` : `@${applied.name.value}(${values.join(', ')})`;
}
