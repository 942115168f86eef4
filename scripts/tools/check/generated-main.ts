/** Checks that generated files are committed as their sources make them: prints those that are not, and ends with 1 then. */

import { findStale } from '../codegen/stale.ts';
import { GENERATED_FILES } from './generated.ts';

const stale = await findStale(GENERATED_FILES, new URL('../../../', import.meta.url));
for (const line of stale) console.error(line);
process.exitCode = stale.length === 0 ? 0 : 1;
