/** Command line → exit code of a command: 0 done, 1 failed, 2 wrong usage. */
import { readFileSync } from 'node:fs';
import { UsageError } from '../tools/flags.ts';
import type { Command, Terminal } from './command.ts';
import { mayColor } from './config.ts';

/** Each command loads its modules when it is called. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./commands/serve.ts')).SERVE,
  token: async () => (await import('./commands/token.ts')).TOKEN,
  network: async () => (await import('./commands/network.ts')).NETWORK,
  compose: async () => (await import('./commands/compose.ts')).COMPOSE,
  schema: async () => (await import('./commands/schema.ts')).SCHEMA,
  check: async () => (await import('./commands/check.ts')).CHECK,
  registry: async () => (await import('./commands/registry.ts')).REGISTRY,
  validate: async () => (await import('./commands/validate.ts')).VALIDATE,
  quality: async () => (await import('./commands/quality.ts')).QUALITY,
  audit: async () => (await import('./commands/audit.ts')).AUDIT,
  bench: async () => (await import('./commands/bench.ts')).BENCH,
};
const MANIFEST = new URL('../../package.json', import.meta.url);

const TERMINAL: Terminal = {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  color: mayColor(process.stdout),
};

export async function runCommand(args: readonly string[], terminal: Terminal = TERMINAL): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.out(await help());
    return 0;
  }
  if (name === '--version' || name === '-v' || name === 'version') {
    terminal.out(`yiwang ${JSON.parse(readFileSync(MANIFEST, 'utf8')).version}\n`);
    return 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) {
    terminal.error(`There is no command "${name}"; there are ${Object.keys(COMMANDS).join(', ')}.\n`);
    return 2;
  }
  const command = await load();
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.out(`${command.about}\n\n  npx yiwang ${command.usage}\n`);
    return 0;
  }
  try {
    return await command.run(rest, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.error(`${error.message} Usage: npx yiwang ${command.usage}\n`);
      return 2;
    }
    terminal.error(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

async function help(): Promise<string> {
  const lines: string[] = [];
  for (const load of Object.values(COMMANDS)) {
    const command = await load();
    lines.push(`  npx yiwang ${command.usage}\n      ${command.about}`);
  }
  return ['Yiwang (一网): one network of city operation management platforms.', '', ...lines, ''].join('\n');
}
