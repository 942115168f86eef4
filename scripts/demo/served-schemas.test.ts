import { expect, test } from '@jest/globals';
import type { PlatformModule } from '@yiwang/platform';
import { checkSchema, createSubgraphSchema, definitionsOf } from '@yiwang/schema/sdl';
import { type DocumentNode, parse } from 'graphql';
import { departments } from '../../subgraphs/departments/module.ts';
import { exchange } from '../../subgraphs/exchange/module.ts';
import { hotline } from '../../subgraphs/hotline/module.ts';
import { municipal } from '../../subgraphs/municipal/module.ts';
import { national } from '../../subgraphs/national/module.ts';
import { createExecutableSchema } from '../../subgraphs/platform/graphql/executable-schema.ts';
import { provincial } from '../../subgraphs/provincial/module.ts';
import { supervision } from '../../subgraphs/supervision/module.ts';
import { readSubgraph, SUBGRAPH_NAMES } from '../tools/subgraph-files.ts';
import { DEMO_PLATFORMS, servedSubgraphs } from './platforms.ts';

const STANDARD = SUBGRAPH_NAMES.map((name) => ({ name, schema: createSubgraphSchema(readSubgraph(name)) }));
const KNOWN = STANDARD.map(({ schema }) => schema.document);
const SERVERS = [...new Set(DEMO_PLATFORMS.map((platform) => servedSubgraphs(platform).join(' ')))];

const MODULES: Readonly<Record<string, PlatformModule>> = {
  ...{ national, provincial, supervision, departments },
  ...{ municipal, hotline, exchange },
};

function sdlOf(names: readonly string[]): DocumentNode {
  const { schema } = createExecutableSchema({ modules: names.map((name) => MODULES[name]!), representationsMax: 1 });
  const resolve = schema.getQueryType()?.getFields()._service?.resolve as (() => { sdl: string }) | undefined;
  return parse(resolve?.().sdl ?? '', { noLocation: true });
}

test.each(SERVERS)('a server of %s breaks the standard of none of them', (server) => {
  const names = server.split(' ');
  const served = sdlOf(names);
  expect(definitionsOf(served).length).toBeGreaterThan(20);
  const findings = STANDARD.filter(({ name }) => names.includes(name)).flatMap(({ schema }) =>
    checkSchema(served, schema, KNOWN).filter(({ kind }) => kind === 'breach'),
  );
  expect(findings).toEqual([]);
});
