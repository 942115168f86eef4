/** One clock of a flow: it starts, stops, stands still and goes on, and tells its deadline and the time used. */
import { addTime, timeBetween } from '../../time/clock.ts';
import type { TimeUnit } from '../../time/time-limit.ts';

/** What a clock shows. Instants are epoch milliseconds. */
export interface ClockReading {
  /** Null if the clock never started. */
  readonly startedAt: number | null;
  /** Null if it never started, and while it stands still without an end date and the deadline had not passed. */
  readonly dueAt: number | null;
  /** Null until it stops. */
  readonly finishedAt: number | null;
  /** Of the clock's own unit: working seconds if the limit is one of working time. */
  readonly usedSeconds: number;
  /** Of the clock's own unit. Used and paused seconds add up to the span. */
  readonly pausedSeconds: number;
  /** Finished after the deadline, or unfinished and past it. */
  readonly overdue: boolean;
}

export class StageClock {
  readonly unit: TimeUnit;
  startedAt: number | null = null;
  dueAt: number | null = null;
  finishedAt: number | null = null;
  #running = false;
  /** Since when it has been running, or standing still. */
  #since = 0;
  #usedMs = 0;
  #pausedMs = 0;
  /** What was left when it last stood still; -1 if the deadline had passed. */
  #remainingMs = 0;

  constructor(unit: TimeUnit) {
    this.unit = unit;
  }

  /** Starts from zero, whatever was before. */
  start(at: number, dueAt: number): void {
    this.startedAt = at;
    this.dueAt = dueAt;
    this.finishedAt = null;
    this.#running = true;
    this.#since = at;
    this.#usedMs = 0;
    this.#pausedMs = 0;
  }

  /** A clock that never started, or is finished, is left as it is. */
  stop(at: number): void {
    if (this.startedAt === null || this.finishedAt !== null) return;
    if (this.#running) this.#halt(at);
    else this.#pausedMs += timeBetween(this.#since, at, this.unit);
    this.#since = at;
    this.finishedAt = at;
  }

  /** Stands still without an end date; a finished clock has been standing still since its finish. */
  pause(at: number): void {
    if (this.startedAt === null) return;
    if (this.#running) this.#halt(at);
    this.finishedAt = null;
    if (this.#remainingMs >= 0) this.dueAt = null;
  }

  /** Stands still until a date that is known, so that the deadline is known, too. */
  suspend(at: number, until: number): void {
    if (this.startedAt === null || this.finishedAt !== null) return;
    this.pause(at);
    if (this.#remainingMs >= 0) this.dueAt = addTime(until, this.#remainingMs, this.unit);
  }

  /** Goes on with the time that was left; a passed deadline stays. */
  resume(at: number): void {
    if (this.startedAt === null || this.#running) return;
    this.#pausedMs += timeBetween(this.#since, at, this.unit);
    this.finishedAt = null;
    this.#running = true;
    this.#since = at;
    if (this.#remainingMs >= 0) this.dueAt = addTime(at, this.#remainingMs, this.unit);
  }

  /** Moves the deadline of a running clock. */
  extend(ms: number): void {
    if (this.#running && this.dueAt !== null) this.dueAt = addTime(this.dueAt, ms, this.unit);
  }

  /** True if the clock is finished late, or unfinished and late at this instant. */
  isOverdue(at: number): boolean {
    return this.dueAt !== null && (this.finishedAt ?? at) > this.dueAt;
  }

  /** What the clock shows at an instant that is not before its last change. */
  read(at: number): ClockReading {
    const { startedAt, dueAt, finishedAt, unit } = this;
    const open = startedAt !== null && finishedAt === null;
    const sinceMs = open ? timeBetween(this.#since, at, unit) : 0;
    const [runningMs, standingMs] = this.#running ? [sinceMs, 0] : [0, sinceMs];
    return {
      startedAt,
      dueAt,
      finishedAt,
      usedSeconds: Math.round((this.#usedMs + runningMs) / 1000),
      pausedSeconds: Math.round((this.#pausedMs + standingMs) / 1000),
      overdue: this.isOverdue(at),
    };
  }

  #halt(at: number): void {
    const { dueAt, unit } = this;
    this.#usedMs += timeBetween(this.#since, at, unit);
    this.#remainingMs = dueAt === null || at > dueAt ? -1 : timeBetween(at, dueAt, unit);
    this.#running = false;
    this.#since = at;
  }
}
