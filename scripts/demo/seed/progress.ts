/** Shows the progress of a long task: a bar on a terminal, a few lines elsewhere. */

export interface Progress {
  /** Adds units to those that are done. */
  advance(units: number): void;
  /** Replaces the bar with a final line. */
  end(line: string): void;
}

/** The stream that shows the progress. */
export interface Screen {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

const WIDTH = 30;
const REDRAW_MS = 80;
/** Lines without a terminal: one for each quarter. */
const LINES = 4;

export interface ProgressOptions {
  readonly title: string;
  /** All units, greater than 0; an estimate is enough. */
  readonly total: number;
  readonly screen: Screen;
  readonly now?: () => number;
}

export function startProgress({ title, total, screen, now = Date.now }: ProgressOptions): Progress {
  let done = 0;
  let drawnAt = 0;
  let quarter = 0;
  return {
    advance(units) {
      done += units;
      const share = Math.min(done / total, 1);
      if (!screen.isTTY) {
        if (Math.floor(share * LINES) <= quarter) return;
        quarter = Math.floor(share * LINES);
        screen.write(`${title}: ${percent(share)}\n`);
      } else if (now() - drawnAt >= REDRAW_MS || share === 1) {
        drawnAt = now();
        const filled = Math.round(share * WIDTH);
        const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
        screen.write(`\r${title} ${bar} ${percent(share)}  ${count(done)} rows`);
      }
    },
    end(line) {
      screen.write(screen.isTTY ? `\r\x1b[K${line}\n` : `${line}\n`);
    },
  };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
