/**
 * Random small supergraphs with data: entities in several subgraphs, with keys and with shared, provided and required
 * fields.
 */
import fc, { type GeneratorValue } from 'fast-check';
import type { Subgraph, Subgraphs } from './subgraph-server.ts';
import type { Thing } from './worlds/world.ts';

export interface RandomWorld {
  readonly subgraphs: Subgraphs;
  /** The root value of one schema over all data. */
  readonly root: Thing;
  /** True if there are lists of lists, below which the reference engine loses fields. */
  readonly hasGrids: boolean;
}

const SUBGRAPHS = ['a', 'b', 'c', 'd'] as const;
const IDS = ['1', '2', '3'] as const;
const LEAVES = ['Int', 'String', 'Boolean', 'Int!', 'String!', '[String]', '[Int!]!'] as const;

type SubgraphName = (typeof SUBGRAPHS)[number];
type KeyKind = 'id' | 'code' | 'id code' | 'place { x y }';

interface FieldSpec {
  readonly name: string;
  readonly type: string;
  /** The entity that the field returns. */
  readonly target: string | undefined;
  readonly owners: readonly SubgraphName[];
  /** A field of another subgraph that the field is computed from. */
  readonly requires: string | undefined;
}

interface EntitySpec {
  readonly name: string;
  /** Keys by subgraph. */
  readonly keys: ReadonlyMap<SubgraphName, readonly KeyKind[]>;
  readonly fields: readonly FieldSpec[];
  readonly isSpot: boolean;
}

interface Choice {
  number(count: number): number;
  of<T>(options: readonly T[]): T;
  chance(percent: number): boolean;
}

export function generateWorld(generate: GeneratorValue): RandomWorld {
  const number = (count: number): number => generate(fc.nat, { max: count - 1 });
  const choice: Choice = {
    number,
    of: (options) => options[number(options.length)]!,
    chance: (percent) => number(100) < percent,
  };
  const names = SUBGRAPHS.slice(0, 2 + number(3));
  const types = ['E', 'F', 'G', 'H', 'I'].slice(0, 2 + number(4));
  const hasGrids = choice.chance(40);
  const entities = types.map((name) => chooseEntity(name, types, names, { ...choice, hasGrids }));
  const data = createData(entities);
  const rootOf = new Map(entities.map(({ name, keys }) => [name, choice.of([...keys.keys()])] as const));
  const isShared = choice.chance(50);
  const hasProvides = choice.chance(60);
  const subgraphs = names.map((subgraph): [string, Subgraph] => [
    subgraph,
    {
      sdl: sdlOf(subgraph, entities, rootOf, { isShared, hasProvides }),
      root: data.root,
      resolvers: resolversOf(subgraph, entities, data),
    },
  ]);
  return { subgraphs: Object.fromEntries(subgraphs), root: data.root, hasGrids };
}

/** Every subgraph of an entity has the key `id`, or a key that some subgraph with both can translate. */
function chooseEntity(
  name: string,
  types: readonly string[],
  subgraphs: readonly SubgraphName[],
  choice: Choice & { readonly hasGrids: boolean },
): EntitySpec {
  const first = choice.of(subgraphs);
  const owners = subgraphs.filter((subgraph) => subgraph === first || choice.chance(65));
  const other = choice.of<KeyKind>(['code', 'id code', 'place { x y }']);
  const keys = new Map<SubgraphName, readonly KeyKind[]>();
  for (const subgraph of owners) {
    const both: readonly KeyKind[] = ['id', other];
    keys.set(subgraph, subgraph === first ? both : choice.of<readonly KeyKind[]>([['id'], ['id'], [other], both]));
  }
  const fields: FieldSpec[] = [];
  for (let i = 0; i < 2 + choice.number(4); i++) {
    const isShared = choice.chance(25);
    const at = choice.of(owners);
    const target = choice.chance(40) ? choice.of(types) : undefined;
    const required = fields.filter((field) => field.target === undefined && !field.owners.includes(at));
    const requires =
      target === undefined && required.length > 0 && choice.chance(45) ? choice.of(required).name : undefined;
    fields.push({
      name: `${name.toLowerCase()}${i}`,
      type:
        target === undefined
          ? requires
            ? 'String'
            : choice.of(LEAVES)
          : choice.of([target, `[${target}!]!`, `[${target}]`, ...(choice.hasGrids ? [`[[${target}]]`] : [])]),
      target,
      owners: isShared && requires === undefined ? owners.filter((owner) => owner === at || choice.chance(50)) : [at],
      requires,
    });
  }
  return { name, keys, fields, isSpot: choice.chance(50) };
}

interface Data {
  readonly root: Record<string, unknown>;
  readonly things: ReadonlyMap<string, readonly Thing[]>;
}

/** Objects refer to others by functions, since references form cycles. */
function createData(entities: readonly EntitySpec[]): Data {
  const things = new Map<string, Thing[]>();
  const pick = (target: string, at: number): Thing => things.get(target)![at % IDS.length]!;
  for (const entity of entities) {
    things.set(
      entity.name,
      IDS.map((id, i) => {
        const thing: Record<string, unknown> = {
          __typename: entity.name,
          id,
          code: `${entity.name}-${id}`,
          place: { x: i, y: entity.name },
        };
        entity.fields.forEach((field, f) => {
          if (field.target !== undefined) thing[field.name] = () => linked(field, pick, i + f);
          else if (isBroken(field, entity, i + f))
            thing[field.name] = fail(`${entity.name} ${id} has no ${field.name}`);
          else thing[field.name] = leafOf(field, thing, i + f);
        });
        return thing;
      }),
    );
  }
  const root: Record<string, unknown> = {};
  for (const { name } of entities) {
    root[`all${name}`] = things.get(name);
    root[`one${name}`] = ({ id }: { id: string }) => things.get(name)!.find((thing) => thing.id === id) ?? null;
  }
  const spots = entities.filter(({ isSpot }) => isSpot);
  const mixed = spots.flatMap(({ name }) => things.get(name)!.slice(0, 2));
  for (const name of SUBGRAPHS) {
    root[`spots_${name}`] = mixed;
    root[`things_${name}`] = mixed;
  }
  return { root, things };
}

function isBroken({ name, type, requires }: FieldSpec, { fields }: EntitySpec, seed: number): boolean {
  const isRequired = fields.some((field) => field.requires === name);
  return type === 'String' && requires === undefined && !isRequired && seed % 3 === 1;
}

function fail(message: string): () => never {
  return () => {
    throw new Error(message);
  };
}

function leafOf({ type, name, requires }: FieldSpec, thing: Readonly<Record<string, unknown>>, seed: number): unknown {
  if (requires !== undefined) return `of ${JSON.stringify(thing[requires])}`;
  if (!type.endsWith('!') && seed % 4 === 3) return null;
  switch (type) {
    case 'Int':
    case 'Int!':
      return seed;
    case 'Boolean':
      return seed % 2 === 0;
    case '[String]':
      return [name, null];
    case '[Int!]!':
      return [seed, seed + 1].slice(seed % 3);
    default:
      return `${name} ${seed}`;
  }
}

function linked({ type, target }: FieldSpec, pick: (target: string, at: number) => Thing, seed: number): unknown {
  const [one, two] = [pick(target!, seed), pick(target!, seed + 1)];
  if (type.startsWith('[[')) return [[one, null], [], [two]];
  if (type.endsWith('!')) return seed % 3 === 0 ? [] : [one, two];
  if (type.startsWith('[')) return [one, null, two];
  return seed % 4 === 3 ? null : one;
}

function sdlOf(
  subgraph: SubgraphName,
  entities: readonly EntitySpec[],
  rootOf: ReadonlyMap<string, SubgraphName>,
  { isShared, hasProvides }: { isShared: boolean; hasProvides: boolean },
): string {
  const here = entities.filter(({ keys }) => keys.has(subgraph));
  const targets = new Set(
    here.flatMap(({ fields }) =>
      fields.flatMap(({ owners, target }) => (target && owners.includes(subgraph) ? target : [])),
    ),
  );
  const stubs = entities.filter(({ name, keys }) => targets.has(name) && !keys.has(subgraph));
  const roots = here.filter(({ name }) => isShared || rootOf.get(name) === subgraph);
  const spots = here.filter(({ isSpot }) => isSpot);
  const allSpots = entities.filter(({ isSpot }) => isSpot);
  // A subgraph without all members cannot return all of the data.
  const isWhole = spots.length > 0 && spots.length === allSpots.length;
  const provided = new Map(
    hasProvides && !isShared ? roots.map((entity) => [entity.name, providable(entity, subgraph)]) : [],
  );
  const fields = roots.flatMap(({ name }) => [
    `all${name}: [${name}!]!${isShared ? ' @shareable' : ''}${provides(provided.get(name))}`,
    `one${name}(id: ID = "1"): ${name}${isShared ? ' @shareable' : ''}`,
  ]);
  if (isWhole) fields.push(`spots_${subgraph}: [Spot!]!`, `things_${subgraph}: [Any]`);
  const lines = [
    ...here.map((entity) => typeSdl(subgraph, entity, { provided: provided.get(entity.name), isWhole })),
    ...stubs.map(stubSdl),
  ];
  if (fields.length > 0) lines.push(`type Query { ${fields.join(' ')} }`);
  if (isWhole) lines.push('interface Spot { id: ID! }', `union Any = ${spots.map(({ name }) => name).join(' | ')}`);
  if (lines.some((line) => line.includes('place: Place'))) lines.push('type Place @shareable { x: Int! y: String! }');
  return lines.join('\n');
}

/** A shared field that this subgraph does not have, and could provide. */
function providable({ fields }: EntitySpec, subgraph: SubgraphName): FieldSpec | undefined {
  return fields.find(({ owners, target }) => target === undefined && owners.length > 1 && !owners.includes(subgraph));
}

function provides(field: FieldSpec | undefined): string {
  return field ? ` @provides(fields: "${field.name}")` : '';
}

interface TypeContext {
  /** Provided with the root fields alone. */
  readonly provided: FieldSpec | undefined;
  readonly isWhole: boolean;
}

function typeSdl(subgraph: SubgraphName, entity: EntitySpec, context: TypeContext): string {
  const keys = entity.keys.get(subgraph)!;
  const isSpot = entity.isSpot && context.isWhole;
  const lines = new Set(keys.flatMap(keyFields));
  if (context.provided) lines.add(`${context.provided.name}: ${context.provided.type} @external`);
  if (isSpot) lines.add('id: ID! @shareable');
  for (const field of entity.fields) {
    if (!field.owners.includes(subgraph)) continue;
    const marks = [field.owners.length > 1 ? '@shareable' : ''];
    if (field.requires !== undefined) {
      const required = entity.fields.find(({ name }) => name === field.requires)!;
      lines.add(`${required.name}: ${required.type} @external`);
      marks.push(`@requires(fields: "${field.requires}")`);
    }
    lines.add(`${field.name}: ${field.type} ${marks.join(' ')}`);
  }
  const keyed = keys.map((key) => `@key(fields: "${key}")`).join(' ');
  return `type ${entity.name}${isSpot ? ' implements Spot' : ''} ${keyed} { ${[...lines].join(' ')} }`;
}

function keyFields(key: KeyKind): string[] {
  switch (key) {
    case 'id':
      return ['id: ID! @shareable'];
    case 'code':
      return ['code: ID! @shareable'];
    case 'id code':
      return ['id: ID! @shareable', 'code: ID! @shareable'];
    case 'place { x y }':
      return ['place: Place! @shareable'];
  }
}

/** An entity that a subgraph only knows the key of. */
function stubSdl({ name, keys }: EntitySpec): string {
  const known = [...keys.values()].flat().includes('id') ? 'id' : 'code';
  return `type ${name} @key(fields: "${known}", resolvable: false) { ${known}: ID! @shareable }`;
}

/** A subgraph gives what it has and what it was handed, and of fields that others require nothing by itself. */
function resolversOf(
  subgraph: SubgraphName,
  entities: readonly EntitySpec[],
  { things }: Data,
): NonNullable<Subgraph['resolvers']> {
  const resolvers = entities
    .filter(({ keys }) => keys.has(subgraph))
    .map(({ name, fields }) => {
      const required = fields.filter((field) => field.requires !== undefined && field.owners.includes(subgraph));
      const worked = required.map((field) => [
        field.name,
        (reference: Thing) => {
          const given = reference[field.requires!];
          return given === undefined ? 'of nothing that was given' : `of ${JSON.stringify(given)}`;
        },
      ]);
      const resolve = (reference: Thing): Thing | null => {
        const found = things.get(name)!.find((thing) => matches(thing, reference));
        if (!found) return null;
        const own = Object.entries(found).filter(([key]) => !required.some((field) => field.requires === key));
        return { ...Object.fromEntries(own), ...reference };
      };
      return [name, { __resolveReference: resolve, ...Object.fromEntries(worked) }] as const;
    });
  return Object.fromEntries(resolvers) as NonNullable<Subgraph['resolvers']>;
}

function matches(thing: Thing, { id, code, place }: Thing): boolean {
  const at = place as { x: number; y: string } | undefined;
  const own = thing.place as { x: number; y: string };
  if (id !== undefined) return thing.id === id;
  return code !== undefined ? thing.code === code : own.x === at?.x && own.y === at.y;
}
