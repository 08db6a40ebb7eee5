import { describe, expect, it } from 'vitest';
import { frameOf, lastPrintedError } from './stack.ts';

describe('a line of a stack', () => {
  it.each([
    ['    at handler (/work/a (1)/server.ts:3:71)', '/work/a (1)/server.ts', 3, 71],
    [
      '    at async file:///work/my%20answers/server.mjs:11:19',
      '/work/my answers/server.mjs',
      11,
      19,
    ],
    ['    at new Cache (file:///w/cache.ts:1:2)', '/w/cache.ts', 1, 2],
    ['    at Object.get [as x] (/w/cache.ts:1:2)', '/w/cache.ts', 1, 2],
    ['    at async /w/server.ts:5:1', '/w/server.ts', 5, 1],
  ])('%s', (line, path, at, column) => {
    expect(frameOf(line)).toEqual({ path, line: at, column });
  });

  it.each([
    '    at node:internal/main/run_main_module:28:49',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
    '    at async Promise.all (index 0)',
    'look at (/w/server.ts:5:1)',
  ])('%s is none of ours', (line) => {
    expect(frameOf(line)).toBeUndefined();
  });
});

describe('the last printed error', () => {
  const lines = (text: string) => text.split('\n');

  it('has its message above its stack, also where the message has two lines', () => {
    const text = `TypeError: an older one
    at /w/old.ts:1:1
some log line

/w/server.ts:3
  throw new RangeError(
        ^

RangeError: too many
second line
    at f (/w/server.ts:3:9)
    at node:internal/x:1:1 {
  code: 'X'
}

Node.js v20.20.2`;
    expect(lastPrintedError(lines(text))).toEqual({
      message: 'RangeError: too many',
      frames: [
        { path: '/w/server.ts', line: 3, column: 9 },
        { path: '/w/server.ts', line: 3, column: 9 },
      ],
    });
  });

  it('is found at its origin where no frame is left', () => {
    const text = `file:///w/server.mjs:2
export { Entry } from './entry.mjs';
         ^^^^^
SyntaxError: no export named 'Entry'
    at ModuleJob._instantiate (node:internal/modules/esm/module_job:228:21)`;
    expect(lastPrintedError(lines(text))).toEqual({
      message: "SyntaxError: no export named 'Entry'",
      frames: [{ path: '/w/server.mjs', line: 2, column: 10 }],
    });
  });

  it('is the error itself where nobody listened to an error event', () => {
    const text = `Error: listen EADDRINUSE: address already in use 127.0.0.1:4101
    at Server.setupListenHandle [as _listen2] (node:net:1948:16)
Emitted 'error' event on Server instance at:
    at emitErrorNT (node:net:1927:8) {
  code: 'EADDRINUSE'
}`;
    expect(lastPrintedError(lines(text))?.message).toBe(
      'Error: listen EADDRINUSE: address already in use 127.0.0.1:4101',
    );
  });

  it('is none among lines without one', () => {
    expect(lastPrintedError(['all is well', '', 'really'])).toBeUndefined();
  });
});
