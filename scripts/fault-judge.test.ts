import { describe, expect, it } from 'vitest';
import { judgeEnd } from './fault-judge.ts';
import { kindOf } from './fault-processes.ts';

const ended = (code: number | null | undefined, text = '', errorTextAfter = '') => ({
  code,
  text,
  errorTextBefore: 'Measuring, round 2 of 3: third\n',
  errorTextAfter,
});

describe('the end of a command below which something was killed', () => {
  it.each([
    ['registrar', "The registrar (the school's\n  database server) ended (SIGKILL)."],
    ['load', 'The load\n  process ended (SIGKILL).'],
    ['redis', 'The redis-server of the course ended by SIGKILL: it said nothing'],
    ['server', 'It failed: the server ended\n by SIGKILL'],
  ] as const)('could not run, and names the %s', (victim, text) => {
    expect(judgeEnd(victim, ended(3, text))).toEqual({ kind: 'told' });
    const beside = `Something failed with ${victim}: Redis, the registrar, the load process, the server.`;
    expect(judgeEnd(victim, ended(3, beside))).toMatchObject({ kind: 'wrong' });
    expect(judgeEnd(victim, ended(1, text))).toMatchObject({ kind: 'wrong' });
    expect(judgeEnd(victim, ended(70, text))).toMatchObject({ kind: 'wrong' });
    expect(judgeEnd(victim, ended(undefined, text))).toMatchObject({ kind: 'wrong' });
    expect(judgeEnd(victim, ended(0))).toEqual({ kind: 'unharmed' });
  });

  it('is wrong where it went on measuring without what died', () => {
    const lines = 'Measuring, round 2 of 3: off\nMeasuring, round 2 of 3: on\n';
    expect(judgeEnd('redis', ended(0, '', lines))).toMatchObject({ kind: 'wrong' });
    expect(judgeEnd('redis', ended(0, '', lines.split('\n')[0]))).toEqual({ kind: 'unharmed' });
    const started = { ...ended(0, '', lines), errorTextBefore: 'Starting the school' };
    expect(judgeEnd('server', ended(0, '', lines))).toMatchObject({ kind: 'wrong' });
    expect(judgeEnd('server', started)).toEqual({ kind: 'unharmed' });
    expect(judgeEnd('redis', started)).toMatchObject({ kind: 'wrong' });
    expect(judgeEnd('server', ended(0, '', `Checking: it caches\n${lines}`))).toEqual({
      kind: 'unharmed',
    });
    const further = 'Measuring, round 3 of 3: on\nMeasuring, round 3 of 3: off\n';
    expect(judgeEnd('server', ended(0, '', further))).toEqual({ kind: 'unharmed' });
    expect(judgeEnd('redis', ended(0, '', further))).toMatchObject({ kind: 'wrong' });
    // Another keeper takes its place.
    expect(judgeEnd('keeper', ended(0, '', lines))).toEqual({ kind: 'unharmed' });
    expect(judgeEnd('keeper', ended(3, 'The keeper ended.'))).toMatchObject({ kind: 'wrong' });
  });
});

it.each([
  ['command', ['/bin/node', '/p/bin/course-labs.js', 'bench', '1']],
  ['registrar', ['/bin/node', '--enable-source-maps', '/p/dist/registrar.js', '7']],
  ['keeper', ['/bin/node', '/p/dist/keeper.js', '[{"pid":1,"name":"/p/dist/load.js"}]']],
  ['redis', ['/usr/bin/redis-server 127.0.0.1:6400']],
  ['redis', ['redis-server', '--port', '6400']],
  ['server', ['/bin/node', '--permission', '/w/.course-labs/build/1/server.mjs']],
  ['gate', ['/bin/sh', '-c', 'read -r go', 'sh', '/usr/bin/redis-server']],
] as const)('a process is a %s by its arguments', (kind, args) => {
  expect(kindOf(args)).toBe(kind);
});
