/** The process of a municipal, district or street platform. */
import { runPlatform, supervision } from '@yiwang/platform';
import { municipal } from './index.ts';

await runPlatform([municipal, supervision]);
