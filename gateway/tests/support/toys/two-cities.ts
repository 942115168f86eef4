/** Two cities with two rows each, and an engine over their platforms. */
import { createId } from '@yiwang/schema';
import type { Limits } from '../../../model/limits.ts';
import type { TestEngineOptions } from '../test-engine.ts';
import type { Row } from './toy-data.ts';
import { startToyEngine, type ToyEngine } from './toy-engine.ts';
import { startToyPlatform, type ToyPlatform } from './toy-platform.ts';

export const row = (division: string, serial: number, kind = 'A'): Row => ({
  id: createId(division, 'R', serial),
  division,
  kind,
  size: serial,
  at: '2026-01',
});
export const WUHAN = [row('420106003', 1), row('420106003', 2, 'B')];
export const YICHANG = [row('420502001', 3), row('420502001', 4)];

export interface TwoCities {
  readonly wuhan: ToyPlatform;
  readonly yichang: ToyPlatform;
  readonly engine: ToyEngine;
  /** Gives both platforms their rows and their good behaviour back. */
  reset(): void;
  close(): Promise<void>;
}

export async function startTwoCities(
  limits: Partial<Limits> = {},
  options: Partial<TestEngineOptions> = {},
): Promise<TwoCities> {
  const [wuhan, yichang] = await Promise.all([startToyPlatform(), startToyPlatform()]);
  const engine = await startToyEngine(
    [
      { division: '420100', platform: wuhan },
      { division: '420500', platform: yichang },
    ],
    limits,
    options,
  );
  const reset = (): void => {
    wuhan.rows = WUHAN;
    yichang.rows = YICHANG;
    for (const platform of [wuhan, yichang]) {
      platform.behaviour = { kind: 'well' };
      platform.calls.length = 0;
    }
  };
  reset();
  return {
    wuhan,
    yichang,
    engine,
    reset,
    async close() {
      await Promise.all([engine.close(), wuhan.close(), yichang.close()]);
    },
  };
}
