/**
 * `npm run fuzz -- --operations 20000 --planner hive --seed 1` runs so many random operations, spread over the
 * supergraphs, and prints counts and the failing operations, minimized. Exits with 1 if one failed. Without `--planner`
 * it runs as many with each planner.
 */
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';
import { FUZZED } from './worlds.ts';

const { values } = parseArgs({
  options: {
    operations: { type: 'string', default: '2000' },
    planner: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    world: { type: 'string' },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const worlds = Object.entries(FUZZED).filter(([name]) => values.world === undefined || name === values.world);
const planners = (['hive', 'apollo'] as const).filter(
  (name) => values.planner === undefined || name === values.planner,
);
const operations = Math.ceil(Number(values.operations) / worlds.length);
let faults = 0;

for (const planner of planners) {
  for (const [name, world] of worlds) {
    const counts = await fuzz({
      world,
      planner,
      operations,
      seed: Number(values.seed),
      secondsMax: Number.POSITIVE_INFINITY,
      onFault: ({ seed, least, reason }) =>
        say(
          `\n${name}, ${planner} first, --seed ${seed}:\n${least.query}\n${JSON.stringify(least.variables)}\n${reason}`,
        ),
    });
    faults += counts.faults.length;
    const { incremental, byApollo, refused } = counts;
    say(
      `${name}, ${planner} first: ${counts.operations} operations, ${incremental} in parts, ${byApollo} planned by Apollo's planner, ${counts.faults.length} wrong, refused ${JSON.stringify(refused)}`,
    );
  }
}
process.exitCode = faults === 0 ? 0 : 1;
