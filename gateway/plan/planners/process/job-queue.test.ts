/** Which operations go to a planner's process, and in what order, after it has ended. */
import { expect, test } from '@jest/globals';
import { createJobQueue, type Job, type JobQueue } from './job-queue.ts';

const job = (id: number): Job => ({ id, operation: '', operationName: undefined, resolve: () => {}, reject: () => {} });

function withJobs(count: number, concurrencyMax: number, soloCrashesMax = 1): JobQueue {
  const jobs = createJobQueue({ concurrencyMax, soloCrashesMax });
  for (let id = 1; id <= count; id++) jobs.add(job(id));
  return jobs;
}

function send(jobs: JobQueue): number[] {
  const ids: number[] = [];
  for (let next = jobs.startNext(); next; next = jobs.startNext()) ids.push(next.id);
  return ids;
}

test('concurrencyMax jobs start at a time, in their order', () => {
  const jobs = withJobs(4, 2);
  expect(send(jobs)).toEqual([1, 2]);
  jobs.finish(1);
  expect(send(jobs)).toEqual([3]);
  expect([jobs.size, jobs.activeCount]).toEqual([3, 2]);
});

test('jobs of a process that ended are tried again alone before all others, and one that ends another process is rejected', () => {
  const jobs = withJobs(4, 2);
  send(jobs);
  expect(jobs.onProcessExit()).toEqual([]);
  expect(send(jobs)).toEqual([1]);
  jobs.finish(1);
  expect(send(jobs)).toEqual([2]);
  expect(jobs.onProcessExit().map(({ id }) => id)).toEqual([2]);
  expect(send(jobs)).toEqual([3, 4]);
  expect(jobs.size).toBe(2);
});

test('with soloCrashesMax of two, a job that ended a process alone is tried once more', () => {
  const jobs = withJobs(1, 1, 2);
  send(jobs);
  expect(jobs.onProcessExit()).toEqual([]);
  expect(send(jobs)).toEqual([1]);
  expect(jobs.onProcessExit().map(({ id }) => id)).toEqual([1]);
});

test('jobs beside one that took too long start again together', () => {
  const jobs = withJobs(5, 3);
  send(jobs);
  jobs.finish(2);
  jobs.requeueActive();
  expect(send(jobs)).toHaveLength(3);
  expect(jobs.size).toBe(4);
  expect(jobs.onProcessExit()).toEqual([]);
});

test('clear returns all jobs and leaves none', () => {
  const jobs = withJobs(3, 2);
  send(jobs);
  expect(jobs.clear().map(({ id }) => id)).toEqual([1, 2, 3]);
  expect([jobs.size, jobs.startNext()]).toEqual([0, undefined]);
});
