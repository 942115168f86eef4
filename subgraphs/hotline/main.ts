/** The process of a city's hotline platform. */
import { runPlatform } from '@yiwang/platform';
import { hotline } from './module.ts';

await runPlatform([hotline]);
