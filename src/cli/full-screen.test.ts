import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createLiveModel } from '../live/model.ts';
import { watchLogLine } from '../probe/log-line.ts';
import { createTheme } from '../render/theme.ts';
import { fullScreen } from './full-screen.ts';

/** A terminal that remembers its last frame. */
async function open(columns: number, rows: number) {
  const size = { columns, rows };
  let frame: readonly string[] = [];
  const screen = await fullScreen(
    {
      size: () => size,
      draw: (lines) => {
        frame = lines;
      },
      close: () => {},
    },
    { onKey: () => {} },
    { lab: { number: 9 }, server: 'demonstration' },
    () => createTheme({ columns: size.columns, colour: true, plain: false, unicode: true }),
  );
  return { screen, size, text: () => stripVTControlCharacters(frame.join('\n')) };
}

const long = JSON.stringify({
  level: 30,
  reqId: 'req-0001',
  msg: 'served',
  detail: 'x '.repeat(80),
});

function model() {
  const made = createLiveModel({ level: 'info', reader: { level: 'trace' } });
  made.record(watchLogLine(long));
  return made;
}

describe('the full screen', () => {
  it('gives a record one line in the stream, and all of it in a story', async () => {
    const { screen, text } = await open(100, 30);
    const live = model();
    screen.draw(live.view(screen.rows()));
    expect(
      text()
        .split('\n')
        .filter((line) => line.includes('x x')),
    ).toHaveLength(1);
    live.press({ name: '/', text: '/' });
    live.press({ name: 'return' });
    screen.draw(live.view(screen.rows()));
    expect(
      text()
        .split('\n')
        .filter((line) => line.includes('x x')).length,
    ).toBeGreaterThan(1);
    expect(text().match(/x/g)?.length).toBeGreaterThanOrEqual(80);
  });

  it('follows the size of the terminal', async () => {
    const { screen, size, text } = await open(100, 30);
    const live = model();
    const widest = () =>
      Math.max(
        ...text()
          .split('\n')
          .map((line) => line.length),
      );
    screen.draw(live.view(screen.rows()));
    expect(widest()).toBeGreaterThan(60);
    size.columns = 60;
    size.rows = 20;
    screen.draw(live.view(screen.rows()));
    expect(widest()).toBeLessThanOrEqual(60);
    expect(text().split('\n')).toHaveLength(20);
    expect(screen.rows()).toBeGreaterThan(0);
  });
});
