import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keptRecord } from '../live/kept-record.ts';
import { watchLogLine } from '../probe/log-line.ts';
import { always, anyText } from '../properties.testing.ts';
import { createTheme } from '../render/theme.ts';
import { prettyLog } from './pretty-log.ts';
import { recordLines } from './record-lines.ts';

const esc = String.fromCharCode(27);
const colours = new RegExp(`${esc}\\[[\\d;]+m`, 'g');

const value = fc.oneof(
  fc.constantFrom(
    1e300,
    -1e300,
    8.64e15,
    8.64e15 + 1,
    -1,
    0,
    30,
    60,
    35,
    null,
    true,
    'info',
    'FATAL',
  ),
  fc.double(),
  anyText(12),
  fc.jsonValue({ maxDepth: 3 }),
);
const name = fc.oneof(
  fc.constantFrom(
    'level',
    'time',
    'msg',
    'err',
    'stack',
    'reqId',
    'userId',
    'event',
    'pid',
    'hostname',
    'toString',
    '__proto__',
    'constructor',
    'type',
    'message',
    'req',
    'v',
  ),
  anyText(6),
);
const nested = fc
  .tuple(fc.integer({ min: 1, max: 700 }), fc.constantFrom('[', '{"a":'))
  .map(([depth, open]) => {
    const close = open === '[' ? ']' : '}';
    return `{"level":30,"deep":${open.repeat(depth)}0${close.repeat(depth)}}`;
  });
const line = fc
  .oneof(
    fc.dictionary(name, value, { maxKeys: 8 }).map((fields) => JSON.stringify(fields)),
    fc
      .tuple(
        name,
        fc.constantFrom(
          '1e999',
          '-1e999',
          '1e300',
          '"2026-13-99T99:99"',
          '"+275760-09-13T00:00:00.001Z"',
        ),
      )
      .map(([key, text]) => `{"level":30,${JSON.stringify(key)}:${text},"time":${text}}`),
    nested,
    anyText(60),
  )
  .map((text) => text.replaceAll(/[\r\n]/g, ' '));

const options = fc.record({
  columns: fc.integer({ min: 30, max: 130 }),
  colour: fc.boolean(),
  plain: fc.boolean(),
  unicode: fc.boolean(),
});

it('whatever a log holds becomes lines that do nothing to a terminal', async () => {
  await always(
    [line, options, fc.boolean()],
    async (text, place, raw) => {
      const theme = createTheme(place);
      const lines = (await recordLines(theme))(keptRecord(watchLogLine(text), 1), raw);
      const pretty = (await prettyLog(theme))(text);
      expect(lines.length).toBeGreaterThan(0);
      for (const each of [...lines, ...pretty.split('\n')]) {
        expect(each.replaceAll(colours, '').replaceAll('\t', '')).not.toMatch(/\p{Cc}/u);
        if (!theme.unicode) expect(each.replaceAll(esc, '')).toMatch(/^[\t -~]*$/);
      }
    },
    0.4,
  );
});
