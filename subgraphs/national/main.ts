/** The process of the national platform: the standard's reference data, and what the ministry holds over the provinces. */
import { runPlatform, supervision } from '@yiwang/platform';
import { provincial } from '@yiwang/provincial';
import { national } from './index.ts';

await runPlatform([national, provincial, supervision]);
