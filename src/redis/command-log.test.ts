import { expect, test } from 'vitest';
import { createCommandLog } from './command-log.ts';

function openLog() {
  let nowMs = 0;
  return createCommandLog({
    nowMs: () => {
      nowMs += 1;
      return nowMs;
    },
  });
}

test('keeps commands in order, with names in upper case and the moment', () => {
  const log = openLog();
  log.add(['set', 'k', 'v']);
  log.add(['ping']);
  log.add(['Get', 'k']);
  expect(log.commands()).toEqual([
    { name: 'SET', args: ['k', 'v'], sentAtMs: 1 },
    { name: 'GET', args: ['k'], sentAtMs: 2 },
  ]);
  log.clear();
  expect(log.commands()).toEqual([]);
});

test.each([
  ['commands', 200_001, 'v'],
  ['characters', 65, 'x'.repeat(1024 * 1024)],
])(
  'tells nothing rather than a part when too many %s came, until it is cleared',
  (_, count, value) => {
    const log = openLog();
    for (let index = 0; index < count; index += 1) log.add(['SET', value]);
    expect(() => log.commands()).toThrow('more than');
    log.clear();
    log.add(['GET', 'k']);
    expect(log.commands()).toMatchObject([{ name: 'GET' }]);
  },
);
