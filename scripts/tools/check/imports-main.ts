/** Checks the imports of the repository: prints every fault, and ends with 1 where there is one. */
import { fileURLToPath } from 'node:url';
import { findFaults } from './imports.ts';
import { readSources } from './source.ts';

const faults = findFaults(readSources(fileURLToPath(new URL('../../../', import.meta.url))));
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
