import { writeSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openCapture } from './capture.ts';

describe('a capture', () => {
  it('holds what was written, at once, and keeps it when it is closed', () => {
    const capture = openCapture(1024 * 1024);
    writeSync(capture.fd, 'one\ntwo');
    expect(capture.written()).toBe(7);
    expect(capture.lines(false)).toEqual(['one']);
    writeSync(capture.fd, '\nthree');
    capture.close();
    expect(capture.lines(true)).toEqual(['one', 'two', 'three']);
    capture.close();
  });

  it('tells how many lines came too fast to be read, and gives the rest to whoever listens', () => {
    const heard: string[] = [];
    const capture = openCapture(4050, (line) => heard.push(line));
    writeSync(capture.fd, 'begun and ');
    capture.read();
    for (let round = 1; round <= 2; round += 1) {
      writeSync(capture.fd, `${'x'.repeat(99)}\n`.repeat(1000));
      capture.read();
      // None is told of in part: reading would have begun in the middle of one.
      expect([capture.unread(), heard.length]).toEqual([round * 960, round * 40]);
    }
    expect(new Set(heard)).toEqual(new Set(['x'.repeat(99)]));
    capture.close();
  });

  it('empties a file that has grown large, loses no line, and goes on', () => {
    const capture = openCapture(1024 * 1024);
    const line = `${'x'.repeat(1023)}\n`;
    const block = Buffer.from(line.repeat(8 * 1024));
    let written = 0;
    for (let round = 0; round < 10; round += 1) {
      writeSync(capture.fd, block);
      written += 8 * 1024;
      capture.read();
    }
    writeSync(capture.fd, 'last\n');
    const kept = capture.lines(false);
    expect(kept.at(-1)).toBe('last');
    expect(kept.length + capture.dropped()).toBe(written + 1);
    expect(capture.written()).toBe(written * 1024 + 5);
    capture.close();
  });
});
