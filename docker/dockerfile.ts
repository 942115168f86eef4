/** Text of a Dockerfile → stages and instructions. Covers what the files of this folder use. */
export interface Instruction {
  readonly name: string;
  readonly text: string;
}

export interface Stage {
  readonly name: string;
  /** An image, or an earlier stage. */
  readonly from: string;
  readonly instructions: readonly Instruction[];
}

export function parseDockerfile(text: string): readonly Stage[] {
  const lines = text
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const stages: { name: string; from: string; instructions: Instruction[] }[] = [];
  for (const line of lines) {
    const [name = '', ...rest] = line.split(/\s+/);
    if (name === 'FROM') {
      stages.push({ name: rest[2] ?? '', from: rest[0] ?? '', instructions: [] });
    } else {
      const stage = stages.at(-1);
      if (!stage) throw new Error(`"${line}" stands before any FROM`);
      stage.instructions.push({ name, text: rest.join(' ') });
    }
  }
  return stages;
}

/** A stage after its base stages; without a name, the last one. Throws a `RangeError` for an unknown name. */
export function instructionsOf(stages: readonly Stage[], name?: string): readonly Instruction[] {
  const at = name === undefined ? stages.length - 1 : stages.findIndex((stage) => stage.name === name);
  const stage = stages[at];
  if (!stage) throw new RangeError(`there is no stage "${name}"`);
  const isStage = stages.slice(0, at).some((earlier) => earlier.name === stage.from);
  return [...(isStage ? instructionsOf(stages, stage.from) : []), ...stage.instructions];
}

export interface Copy {
  /** From the root of the repository, or from the root of the stage's file system. */
  readonly sources: readonly string[];
  readonly target: string;
  /** Undefined: the context of the build. */
  readonly fromStage: string | undefined;
}

export function copiesOf(instructions: readonly Instruction[]): readonly Copy[] {
  return instructions.flatMap(({ name, text }) => {
    if (name !== 'COPY') return [];
    const words = text.split(' ');
    const flags = words.filter((word) => word.startsWith('--'));
    const paths = words.filter((word) => !word.startsWith('--'));
    const fromStage = flags.find((flag) => flag.startsWith('--from='))?.slice('--from='.length);
    return [{ sources: paths.slice(0, -1), target: paths.at(-1) ?? '', fromStage }];
  });
}

export function environmentOf(instructions: readonly Instruction[]): Readonly<Record<string, string>> {
  const pairs = instructions.flatMap(({ name, text }) => (name === 'ENV' ? text.split(' ') : []));
  return Object.fromEntries(pairs.map((pair) => pair.split('=') as [string, string]));
}

/** The last of its kind. */
export function lastOf(instructions: readonly Instruction[], name: string): string | undefined {
  return instructions.findLast((instruction) => instruction.name === name)?.text;
}
