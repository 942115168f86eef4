/** The servers of the network, as they describe themselves, keep the standard: otherwise gateways would not ask them. */
import { expect, test } from '@jest/globals';
import { departments } from '@yiwang/departments';
import { exchange } from '@yiwang/exchange';
import { hotline } from '@yiwang/hotline';
import { municipal } from '@yiwang/municipal';
import { national } from '@yiwang/national';
import type { PlatformModule } from '@yiwang/platform';
import { provincial } from '@yiwang/provincial';
import { checkSchema, completeSdl, parseStandardSubgraphs } from '@yiwang/schema/sdl';
import { startTestPlatform } from '@yiwang/scripts/testing/platform.ts';
import { supervision } from '@yiwang/supervision';
import { parse } from 'graphql';
import { readPlatformSdl } from './read-platform-sdl.ts';

const SERVERS: readonly (readonly [name: string, modules: readonly PlatformModule[]])[] = [
  ['the ministry', [national, provincial, supervision, departments]],
  ['a province', [provincial, supervision, departments]],
  ['a city', [municipal, supervision, departments, hotline]],
  ['a district', [municipal, supervision, departments]],
  ['the exchange', [exchange]],
];

test.each(SERVERS)(
  'the server of %s breaks no rule of the standard in any of its subgraphs',
  async (_name, modules) => {
    const platform = await startTestPlatform({ modules });
    try {
      const sdl = await readPlatformSdl(platform.url, { waitMs: 20_000, bytesMax: 10_000_000 });
      const schema = completeSdl(parse(sdl!));
      const standard = parseStandardSubgraphs();
      const documents = [...standard.values()].map(({ document }) => document);
      const findings = modules.flatMap(({ name }) => checkSchema(schema, standard.get(name)!, documents));
      expect(findings.filter(({ kind }) => kind === 'breach')).toEqual([]);
    } finally {
      await platform.close();
    }
  },
);
