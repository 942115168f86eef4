/** A gateway from the module that `npx yiwang serve` runs, which says where it is in one line of JSON. */
import { prepareGateway } from '../../tools/build/module.js';

const { runAndReport } = await import(await prepareGateway());
await runAndReport(process.argv.slice(2));
