/** The command line → one command, its exit code: 0 done, 1 it could not be done, 2 it was asked wrongly. */
import { AUDIT } from './audit.ts';
import { BENCH } from './bench.ts';
import { CHECK } from './check.ts';
import { COMPOSE } from './compose.ts';
import { NETWORK } from './network.ts';
import { SERVE } from './serve.ts';
import { TOKEN } from './token.ts';
import { type Command, type Terminal, UsageError } from './usage.ts';

const COMMANDS: readonly Command[] = [SERVE, TOKEN, NETWORK, COMPOSE, CHECK, AUDIT, BENCH];

const TERMINAL: Terminal = {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
};

export async function runCommand(args: readonly string[], terminal: Terminal = TERMINAL): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.out(help());
    return 0;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) {
    terminal.error(`There is no command "${name}"; there are ${COMMANDS.map((each) => each.name).join(', ')}.\n`);
    return 2;
  }
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

function help(): string {
  const lines = COMMANDS.map((command) => `  npx yiwang ${command.usage}\n      ${command.about}`);
  return ['Yiwang (一网): one network of city operation management platforms.', '', ...lines, ''].join('\n');
}
