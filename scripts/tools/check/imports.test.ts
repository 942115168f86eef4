import { describe, expect, test } from '@jest/globals';
import { findFaults } from './imports.ts';
import { importsOf, type SourceFile } from './source.ts';

function source(path: string, text = ''): SourceFile {
  return { path, text };
}

describe('imports', () => {
  test('reads imports, re-exports, dynamic imports, and nothing from comments', () => {
    const text = [
      "import { a } from './a.ts';",
      "import type {\n  B,\n} from '@yiwang/schema';",
      "export { c } from '../c.ts';",
      "import './side.ts';",
      "const d = await import('@yiwang/platform/database.ts');",
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
      'subgraphs/platform/database.ts',
    ]);
  });

  const refused: readonly (readonly [name: string, path: string, text: string])[] = [
    ['a step that imports another step', 'gateway/plan/x.ts', "import { y } from '../route/index.ts';"],
    ['a step that imports the pipeline', 'gateway/plan/x.ts', "import { y } from '../pipeline.ts';"],
    ['the model importing a step', 'gateway/model/x.ts', "import { y } from '../plan/index.ts';"],
    ['the kit importing the model', 'gateway/kit/x.ts', "import { y } from '../model/y.ts';"],
    ['the gateway importing a subgraph', 'gateway/plan/x.ts', "import { y } from '@yiwang/platform';"],
    ['the pipeline importing past a face', 'gateway/pipeline/engine.ts', "import { y } from './plan/cache.ts';"],
    ['the kit of platforms importing a subgraph', 'subgraphs/platform/x.ts', "import { y } from '@yiwang/municipal';"],
    ['a subgraph importing another', 'subgraphs/municipal/x.ts', "import { y } from '../provincial/index.ts';"],
    ['the schema importing anything', 'schema/x.ts', "import { y } from '@yiwang/platform';"],
    ['a package past its door', 'gateway/route/x.ts', "import { Pool } from 'undici';"],
    ['a reader of the environment', 'gateway/route/x.ts', 'const port = process.env.PORT;'],
    ['a default export', 'gateway/route/x.ts', 'export default 1;'],
    ['an export of everything', 'gateway/route/x.ts', "export * from './y.ts';"],
  ];
  test.each(refused)('refuses %s', (_name, path, text) => {
    expect(findFaults([source(path, text)])).toHaveLength(1);
  });

  const allowed: readonly (readonly [name: string, path: string, text: string])[] = [
    ['a step that imports itself', 'gateway/plan/x.ts', "import { y } from './y.ts';"],
    [
      'a step that imports model and kit',
      'gateway/plan/x.ts',
      "import { a } from '../model/a.ts';\nimport { b } from '../kit/b.ts';",
    ],
    ['the pipeline importing a face', 'gateway/pipeline/engine.ts', "import { y } from './plan/index.ts';"],
    ['national importing provincial', 'subgraphs/national/x.ts', "import { y } from '@yiwang/provincial';"],
    ['a package through its door', 'gateway/fetch/client.ts', "import { Pool } from 'undici';"],
    ['a test that reaches across', 'gateway/plan/x.test.ts', "import { y } from '@yiwang/municipal';"],
    ['the environment in a config file', 'gateway/config/config.ts', 'const port = process.env.PORT;'],
  ];
  test.each(allowed)('allows %s', (_name, path, text) => {
    expect(findFaults([source(path, text)])).toEqual([]);
  });

  test('finds a cycle, and names its files', () => {
    const faults = findFaults([
      source('gateway/plan/a.ts', "import { b } from './b.ts';"),
      source('gateway/plan/b.ts', "import { c } from './c.ts';"),
      source('gateway/plan/c.ts', "import { a } from './a.ts';"),
    ]);
    expect(faults).toEqual([
      'import cycle: gateway/plan/a.ts → gateway/plan/b.ts → gateway/plan/c.ts → gateway/plan/a.ts',
    ]);
  });
});
