import { describe, expect, it } from 'vitest';
import * as models from '../../fixtures/models/live.ts';
import { displayWidth } from './display-width.ts';
import { renderLive } from './live.ts';
import { createTheme } from './theme.ts';

const views = [models.both, models.flood, models.story, models.paused, models.stopped, models.help];
const theme = (columns: number) =>
  createTheme({ columns, colour: true, plain: false, unicode: true });

describe('the live view', () => {
  it('fits every terminal: its rows and its columns, and shows as many records as it says', () => {
    for (const columns of [40, 58, 60, 80, 100, 200]) {
      for (let rows = 1; rows <= 60; rows += 1) {
        for (const model of views) {
          const { lines, streamRows } = renderLive(model, models.records, theme(columns), rows);
          const where = `${columns} columns, ${rows} rows`;
          expect(lines.length, where).toBeLessThanOrEqual(rows);
          expect(Math.max(...lines.map(displayWidth)), where).toBeLessThanOrEqual(columns);
          const records = lines.filter((line) => /^ \d\d:\d\d:\d\d/.test(line));
          expect(records.length, where).toBeLessThanOrEqual(streamRows);
        }
      }
    }
  });

  it('leaves room for the stream, and for the keys below it', () => {
    for (const rows of [16, 24, 30, 50]) {
      for (const columns of [60, 80, 100]) {
        const { lines, streamRows } = renderLive(models.both, models.records, theme(columns), rows);
        expect(streamRows).toBeGreaterThanOrEqual(4);
        expect(lines).toHaveLength(rows);
        expect(lines.slice(-3).join('\n')).toContain('quit');
      }
    }
  });

  it('keeps a place for records that have not come', () => {
    const { lines, streamRows } = renderLive(models.both, [], theme(100), 24);
    expect(lines).toHaveLength(24);
    expect(lines.slice(2, 2 + streamRows)).toEqual(new Array(streamRows).fill(''));
  });

  it('does not obey what a name holds', () => {
    const evil = { ...models.both.view.reader, user: '\u001b[2J' };
    const model = { ...models.both, view: { ...models.both.view, reader: evil } };
    const text = renderLive(model, [], theme(100), 24).lines.join('\n');
    expect(text).toContain('\\x1b[2J');
  });
});
