/** Prints each committed file that differs from what its generator makes, and exits with 1 if there is one. */

import { findStale } from '../codegen/stale.ts';
import { GENERATED_FILES } from './generated.ts';

const stale = await findStale(GENERATED_FILES, new URL('../../../', import.meta.url));
for (const line of stale) console.error(line);
process.exitCode = stale.length === 0 ? 0 : 1;
