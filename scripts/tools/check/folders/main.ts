/**
 * `npm run check`: no folder holds more than a dozen source files besides tests. Sizes of files and functions are rules
 * of Biome.
 */
import { fileURLToPath } from 'node:url';
import { readSources } from '../imports/source.ts';
import { findLargeFolders, type LargeFolders } from './folders.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const ALLOWED: LargeFolders = {};

const faults = findLargeFolders(
  readSources(ROOT).map(({ path }) => path),
  ALLOWED,
);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
