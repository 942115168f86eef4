/** `yiwang bench`: our engine, its peers and hand-written baselines under the same load, and the ratios between them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { BenchOptions } from '../../bench/bench.ts';
import {
  CALLER_KINDS,
  type Callers,
  CHECKS,
  SCENARIO_NAMES,
  SCENARIOS,
  type ScenarioName,
} from '../../bench/scenario.ts';
import { PEERS, TARGET_NAMES, type TargetName } from '../../bench/targets/targets.ts';
import { type Flags, readFlags, UsageError } from '../../tools/flags.ts';
import type { Command, Terminal } from '../command.ts';

const FLAGS = {
  rounds: 'string',
  seconds: 'string',
  warmup: 'string',
  scenario: 'strings',
  only: 'strings',
  callers: 'string',
  json: 'string',
  profile: 'string',
  earlier: 'string',
} as const;
const ROUNDS = 5;
const SAMPLE_SECONDS = 5;
const WARMUP_SECONDS = 20;

export const BENCH: Command = {
  name: 'bench',
  usage:
    'bench [--scenario NAME]… [--only TARGET]… [--callers distinct|identical] [--rounds N] [--seconds N] [--warmup N] [--json FILE] [--profile FOLDER] [--earlier FOLDER]',
  about: 'Compares the engine with its peers and with hand-written baselines; installs the peers on the first run.',
  async run(args, terminal) {
    const { flags } = readFlags(args, FLAGS);
    const options = readOptions(flags, terminal);
    const { runBench } = await import('../../bench/bench.ts');
    if (options.scenarios.length > 0 && options.targets.some((name) => PEERS.includes(name))) {
      const { installPeers } = await import('../../bench/targets/install-peers.ts');
      await installPeers(options.log);
    }
    if (options.profileFolder !== undefined) await mkdir(options.profileFolder, { recursive: true });
    const cores = await reserveCores(options.log);
    const report = await runBench({ ...options, cores });
    if (flags.json !== undefined) await writeFile(flags.json, `${JSON.stringify(report, null, 2)}\n`);
    return 0;
  },
};

/** Load and subgraphs leave one core to the targets if the machine has more than one. */
async function reserveCores(say: (line: string) => void): Promise<BenchOptions['cores']> {
  const { moveTo, readCores } = await import('../../bench/targets/cores.ts');
  const cores = readCores();
  if (cores === undefined) say('Targets, subgraphs and load share all cores: there is one core, or no taskset.');
  else moveTo(cores.rest);
  return cores;
}

/** Throws `UsageError`. */
function readOptions(flags: Flags<typeof FLAGS>, terminal: Terminal): Omit<BenchOptions, 'cores'> {
  const names = readNames('scenario', flags.scenario, [...SCENARIO_NAMES, CHECKS]);
  return {
    scenarios: SCENARIOS.filter(({ name }) => (names as readonly ScenarioName[]).includes(name)),
    checks: names.includes(CHECKS),
    targets: readNames<TargetName>('only', flags.only && [...flags.only.map(withoutOldName), 'earlier'], TARGET_NAMES),
    callers: readNames<Callers>('callers', flags.callers === undefined ? undefined : [flags.callers], CALLER_KINDS),
    rounds: readNumber('rounds', flags.rounds, ROUNDS, 1),
    sampleMs: readNumber('seconds', flags.seconds, SAMPLE_SECONDS, 0.1) * 1_000,
    warmupMs: readNumber('warmup', flags.warmup, WARMUP_SECONDS, 0) * 1_000,
    profileFolder: flags.profile === undefined ? undefined : resolve(flags.profile),
    earlierFolder: flags.earlier === undefined ? undefined : resolve(flags.earlier),
    log: (line) => terminal.error(`${line}\n`),
    out: (text) => terminal.out(text),
  };
}

/** Baselines used to be called floors. */
function withoutOldName(name: string): string {
  return name.replace(/^floor-/, 'baseline-');
}

/** All if none is named. */
function readNames<Name extends string>(
  flag: string,
  values: readonly string[] | undefined,
  all: readonly Name[],
): readonly Name[] {
  if (values === undefined) return all;
  const unknown = values.find((name) => !(all as readonly string[]).includes(name));
  if (unknown !== undefined) throw new UsageError(`--${flag} is "${unknown}"; there are ${all.join(', ')}.`);
  return all.filter((name) => values.includes(name));
}

function readNumber(flag: string, text: string | undefined, fallback: number, min: number): number {
  const value = text === undefined ? fallback : Number(text);
  if (!(value >= min && value < 100_000))
    throw new UsageError(`--${flag} is "${text}"; expected a number of ${min} or more.`);
  return value;
}
