/** A gateway from the module that `npx yiwang serve` runs, which says where it is in one line of JSON. */
import { prepareGateway } from '../build/gateway.js';

const { runGateway } = await import(await prepareGateway());
const started = await runGateway(process.argv.slice(2));
if (started.kind === 'started') {
  const { url, port } = started.gateway;
  process.stdout.write(`${JSON.stringify({ ready: true, url, port })}\n`);
} else {
  for (const fault of started.faults) process.stderr.write(`${fault}\n`);
  process.exit(1);
}
