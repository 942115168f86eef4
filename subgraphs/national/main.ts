/**
 * The process of the national platform: the standard's reference data, and what the ministry holds over the
 * provinces.
 */
import { departments } from '@yiwang/departments';
import { runPlatform } from '@yiwang/platform';
import { provincial } from '@yiwang/provincial';
import { supervision } from '@yiwang/supervision';
import { national } from './module.ts';

await runPlatform([national, provincial, supervision, departments]);
