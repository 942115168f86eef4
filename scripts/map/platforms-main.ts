/** One process of light platforms, each on a port of its own; its parent says which, and what is to become of them. */
import { type LightPlatform, startLightPlatform } from './light-platform.ts';
import { lightCases } from './light-rows.ts';
import type { FromPlatforms, ToPlatforms } from './messages.ts';

const platforms = new Map<string, LightPlatform>();
const say = (message: FromPlatforms): void => void process.send?.(message);

async function obey(message: ToPlatforms): Promise<void> {
  switch (message.kind) {
    case 'start':
      for (const { id, kind, division } of message.places) {
        platforms.set(id, await startLightPlatform(kind, lightCases(division, message.rowsEach)));
      }
      return say({
        number: message.number,
        ports: Object.fromEntries([...platforms].map(([id, { port }]) => [id, port])),
      });
    case 'behave':
      await Promise.all(message.ids.map((id) => platforms.get(id)!.behave(message.behaviour)));
      return say({ number: message.number });
    case 'state': {
      const all = [...platforms];
      const connections = all.reduce((sum, [, platform]) => sum + platform.connections, 0);
      const calls = Object.fromEntries(all.map(([id, platform]) => [id, platform.calls]));
      const rows = Object.fromEntries(all.map(([id, platform]) => [id, platform.rows]));
      const last = message.withLast ? Object.fromEntries(all.map(([id, platform]) => [id, platform.last])) : undefined;
      return say({ number: message.number, state: { connections, calls, rows, last } });
    }
  }
}

process.on('message', (message: ToPlatforms) => void obey(message));
process.on('disconnect', () => process.exit(0));
