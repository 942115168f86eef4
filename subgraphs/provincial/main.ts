/** The process of a provincial platform. */
import { departments } from '@yiwang/departments';
import { runPlatform } from '@yiwang/platform';
import { supervision } from '@yiwang/supervision';
import { provincial } from './module.ts';

await runPlatform([provincial, supervision, departments]);
