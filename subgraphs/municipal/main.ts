/** The process of a municipal, district or street platform. */
import { departments } from '@yiwang/departments';
import { runPlatform } from '@yiwang/platform';
import { supervision } from '@yiwang/supervision';
import { municipal } from './module.ts';

await runPlatform([municipal, supervision, departments]);
