/** A process of stub platforms, each on a port of its own, controlled by its parent. */

import type { StubCommand, StubReply } from './messages.ts';
import { createStubCases } from './stub-cases.ts';
import { type StubPlatform, startStubPlatform } from './stub-platform.ts';

const platforms = new Map<string, StubPlatform>();
const reply = (message: StubReply): void => void process.send?.(message);

async function handle(message: StubCommand): Promise<void> {
  switch (message.kind) {
    case 'start':
      for (const { id, kind, division } of message.places) {
        platforms.set(id, await startStubPlatform(kind, createStubCases(division, message.rowsEach)));
      }
      return reply({
        number: message.number,
        ports: Object.fromEntries([...platforms].map(([id, { port }]) => [id, port])),
      });
    case 'behave':
      await Promise.all(message.ids.map((id) => platforms.get(id)!.setBehaviour(message.behaviour)));
      return reply({ number: message.number });
    case 'state': {
      const all = [...platforms];
      const connections = all.reduce((sum, [, platform]) => sum + platform.connections, 0);
      const calls = Object.fromEntries(all.map(([id, platform]) => [id, platform.calls]));
      const rows = Object.fromEntries(all.map(([id, platform]) => [id, platform.rows]));
      const last = message.withLast
        ? Object.fromEntries(all.map(([id, platform]) => [id, platform.lastCall]))
        : undefined;
      return reply({ number: message.number, state: { connections, calls, rows, last } });
    }
  }
}

process.on('message', (message: StubCommand) => void handle(message));
process.on('disconnect', () => process.exit(0));
