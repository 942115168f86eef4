/** The process of a municipal, district or street platform. A city's serves the hotline of the whole city, too. */
import { departments } from '@yiwang/departments';
import { hotline } from '@yiwang/hotline';
import { runPlatform } from '@yiwang/platform';
import { supervision } from '@yiwang/supervision';
import { municipal } from './module.ts';

const EVERY_TIER = [municipal, supervision, departments];

await runPlatform(({ tier }) => (tier === 'MUNICIPAL' ? [...EVERY_TIER, hotline] : EVERY_TIER));
