import { describe, expect, test } from '@jest/globals';
import { findFaults, type ImportExceptions } from './check-imports.ts';
import { importsOf, type SourceFile } from './source.ts';

const NONE: ImportExceptions = { table: [], circles: [] };

function source(path: string, text = ''): SourceFile {
  return { path, text };
}

function faultsOf(sources: readonly SourceFile[], exceptions = NONE): readonly string[] {
  return findFaults(sources, exceptions);
}

test('imports, re-exports and dynamic imports are read, and nothing from comments', () => {
  const text = [
    "import { a } from './a.ts';",
    "import type {\n  B,\n} from '@yiwang/schema';",
    "export { c } from '../c.ts';",
    "import './side.ts';",
    "const d = await import('@yiwang/platform/database/database.ts');",
    "// import { no } from './no.ts';",
    "/* export { no } from './no-either.ts'; */",
    "import pg from 'pg';",
  ].join('\n');
  expect(importsOf(source('gateway/plan/x.ts', text)).map((entry) => entry.file ?? entry.package)).toEqual([
    'gateway/plan/a.ts',
    'schema/index.ts',
    'gateway/c.ts',
    'gateway/plan/side.ts',
    'pg',
    'subgraphs/platform/database/database.ts',
  ]);
});

describe('the import table', () => {
  const refused: readonly (readonly [name: string, path: string, text: string])[] = [
    ['a step that imports another step', 'gateway/plan/x.ts', "import { y } from '../route/index.ts';"],
    ['a step that imports the pipeline', 'gateway/plan/x.ts', "import { y } from '../pipeline/stages.ts';"],
    ['the model that imports a step', 'gateway/model/x.ts', "import { y } from '../plan/index.ts';"],
    ['the kit that imports the model', 'gateway/kit/x.ts', "import { y } from '../model/y.ts';"],
    ['the gateway that imports a subgraph', 'gateway/plan/x.ts', "import { y } from '@yiwang/platform';"],
    ['the pipeline that imports past a face', 'gateway/pipeline/x.ts', "import { y } from '../plan/cache/plans.ts';"],
    ['telemetry that imports a step', 'gateway/telemetry/x.ts', "import { y } from '../fetch/index.ts';"],
    [
      'the reader of supergraphs that imports a step',
      'gateway/supergraph/x.ts',
      "import { y } from '../plan/index.ts';",
    ],
    [
      'the base of platforms that imports a subgraph',
      'subgraphs/platform/x.ts',
      "import { y } from '@yiwang/municipal';",
    ],
    ['a subgraph that imports another', 'subgraphs/municipal/x.ts', "import { y } from '../provincial/index.ts';"],
    ['the schema that imports anything', 'schema/x.ts', "import { y } from '@yiwang/platform';"],
    ['a tool that imports the demo', 'scripts/tools/x.ts', "import { y } from '../demo/platforms.ts';"],
    ['a package outside its adapter', 'gateway/route/x.ts', "import { Pool } from 'undici';"],
    ['a reader of the environment', 'gateway/route/x.ts', 'const port = process.env.PORT;'],
    ['a default export', 'gateway/route/x.ts', 'export default 1;'],
    ['an export of everything', 'gateway/route/x.ts', "export * from './y.ts';"],
  ];
  test.each(refused)('refuses %s', (_name, path, text) => {
    expect(faultsOf([source(path, text)])).toHaveLength(1);
  });

  const allowed: readonly (readonly [name: string, path: string, text: string])[] = [
    ['a step that imports itself', 'gateway/plan/x.ts', "import { y } from './cache/y.ts';"],
    [
      'a step that imports model and kit',
      'gateway/plan/x.ts',
      "import { a } from '../model/a.ts';\nimport { b } from '../kit/b.ts';",
    ],
    ['the pipeline that imports a face', 'gateway/pipeline/x.ts', "import { y } from '../plan/index.ts';"],
    ['national that imports provincial', 'subgraphs/national/x.ts', "import { y } from '@yiwang/provincial';"],
    ['a package in its adapter', 'gateway/fetch/client.ts', "import { Pool } from 'undici';"],
    ['a test that reaches across', 'gateway/plan/x.test.ts', "import { y } from '@yiwang/municipal';"],
    ['the environment in a config file', 'gateway/config/config.ts', 'const port = process.env.PORT;'],
    ['the whole environment handed on', 'gateway/route/x.ts', 'const env = { ...process.env };'],
  ];
  test.each(allowed)('allows %s', (_name, path, text) => {
    expect(faultsOf([source(path, text)])).toEqual([]);
  });

  test('lets an exception through, and refuses one that nothing needs', () => {
    const sources = [source('gateway/plan/x.ts', "import { y } from '../route/index.ts';")];
    const needed = { table: ['gateway/plan/ → gateway/route/index.ts'], circles: [] };
    expect(faultsOf(sources, needed)).toEqual([]);
    expect(faultsOf([source('gateway/plan/x.ts')], needed)).toEqual([
      'the exception "gateway/plan/ → gateway/route/index.ts" is not needed any more: remove it from exceptions.ts',
    ]);
  });
});

test('a cycle of files is found and named', () => {
  const faults = faultsOf([
    source('gateway/plan/a.ts', "import { b } from './b.ts';"),
    source('gateway/plan/b.ts', "import { c } from './c.ts';"),
    source('gateway/plan/c.ts', "import { a } from './a.ts';"),
  ]);
  expect(faults).toEqual([
    'import cycle: gateway/plan/a.ts → gateway/plan/b.ts → gateway/plan/c.ts → gateway/plan/a.ts',
  ]);
});

describe('a circle between folders', () => {
  const CIRCLE = [
    source('gateway/plan/cache/a.ts', "import { b } from '../repair/deep/b.ts';"),
    source('gateway/plan/cache/c.ts'),
    source('gateway/plan/repair/deep/b.ts'),
    source('gateway/plan/repair/d.ts', "import { c } from '../cache/c.ts';"),
  ];

  test('is found though no file is in a cycle, and is named with the imports that close it', () => {
    expect(faultsOf(CIRCLE)).toEqual([
      'import circle between folders: gateway/plan/cache/ → gateway/plan/repair/ → gateway/plan/cache/ ' +
        '(gateway/plan/cache/a.ts imports gateway/plan/repair/deep/b.ts, gateway/plan/repair/d.ts imports gateway/plan/cache/c.ts)',
    ]);
  });

  test('may be one of a file and a folder beside it', () => {
    const faults = faultsOf([
      source('gateway/plan/index.ts', "import { a } from './cache/a.ts';"),
      source('gateway/plan/cache/a.ts', "import type { T } from '../types.ts';"),
      source('gateway/plan/types.ts', "import type { U } from './cache/u.ts';"),
      source('gateway/plan/cache/u.ts'),
    ]);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch('gateway/plan/cache/ → gateway/plan/types.ts → gateway/plan/cache/');
  });

  test('is none where a folder imports from a file that lies beside it', () => {
    const sources = [
      source('gateway/plan/index.ts', "import { a } from './cache/a.ts';\nimport { t } from './types.ts';"),
      source('gateway/plan/cache/a.ts', "import type { T } from '../types.ts';"),
      source('gateway/plan/types.ts'),
    ];
    expect(faultsOf(sources)).toEqual([]);
  });

  test('is let through by an exception for one of its imports, which is refused once the circle is gone', () => {
    const exceptions = { table: [], circles: ['gateway/plan/repair/ → gateway/plan/cache/'] };
    expect(faultsOf(CIRCLE, exceptions)).toEqual([]);
    expect(faultsOf(CIRCLE.slice(1), exceptions)).toEqual([
      'the exception "gateway/plan/repair/ → gateway/plan/cache/" is not needed any more: remove it from exceptions.ts',
    ]);
  });
});
