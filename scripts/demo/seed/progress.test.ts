import { expect, test } from '@jest/globals';
import { startProgress } from './progress.ts';

function screen(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

test('without a terminal, progress is one line for each quarter and one at the end', () => {
  const target = screen(false);
  const progress = startProgress({ title: 'Loading', total: 100, screen: target });
  for (let i = 0; i < 100; i++) progress.advance(1);
  progress.end('Done');
  expect(target.written).toEqual([
    'Loading: 25 %\n',
    'Loading: 50 %\n',
    'Loading: 75 %\n',
    'Loading: 100 %\n',
    'Done\n',
  ]);
});

test('on a terminal, progress redraws one line at a limited rate', () => {
  const target = screen(true);
  let clock = 1000;
  const progress = startProgress({ title: 'Loading', total: 1000, screen: target, now: () => clock });
  for (let i = 0; i < 500; i++) progress.advance(1);
  clock += 1000;
  progress.advance(1);
  progress.end('Done');
  expect(target.written.filter((text) => text.startsWith('\r')).length).toBe(target.written.length);
  expect(target.written).toHaveLength(3);
  expect(target.written[1]).toContain('50 %  501 rows');
  expect(target.written[2]).toBe('\r\x1b[KDone\n');
});
