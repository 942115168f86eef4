/** Builds the playground's bundle for the image, since a container may not write to its own files. */
import { readConfig } from '@yiwang/gateway/config/config.ts';
import { preparePlayground } from '@yiwang/gateway/playground/prepare.ts';
import { pino } from 'pino';

const { ready } = await preparePlayground(readConfig(['--open'], {}), pino());
process.exit((await ready) ? 0 : 1);
