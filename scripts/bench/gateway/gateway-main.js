/** Runs the module that `npx yiwang serve` runs, and prints the gateway's URLs as one line of JSON. */
import { prepareGateway } from '../../tools/build/module.js';

const { runAndReport } = await import(await prepareGateway());
await runAndReport(process.argv.slice(2));
