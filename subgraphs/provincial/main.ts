/** The process of a provincial platform. */
import { runPlatform, supervision } from '@yiwang/platform';
import { provincial } from './index.ts';

await runPlatform([provincial, supervision]);
