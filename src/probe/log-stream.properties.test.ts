import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LogRecord } from '../kit/index.ts';
import { always, anyText, cuts, inPieces, wellFormed } from '../properties.testing.ts';
import { createLogStream } from './log-stream.ts';

function read(chunks: readonly (string | Uint8Array)[], maxLineLength = 262_144): LogRecord[] {
  const records: LogRecord[] = [];
  const stream = createLogStream({ maxLineLength, onRecord: (record) => records.push(record) });
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  return records;
}

const scalar = fc.oneof(
  fc.constantFrom(10, 30, 60, 35, 1e308, -1, 'info', 'WARNING', null, true),
  anyText(8),
  fc.double(),
);
const record = fc.dictionary(
  fc.oneof(
    fc.constantFrom('level', 'time', 'msg', 'reqId', 'event', 'err', '__proto__'),
    anyText(6),
  ),
  fc.oneof(scalar, fc.jsonValue({ maxDepth: 3 })),
  { maxKeys: 6 },
);
const jsonLine = record.map((fields) => JSON.stringify(fields));
const torn = fc.tuple(jsonLine, fc.nat(80)).map(([line, length]) => line.slice(0, length));
const deep = fc
  .tuple(fc.constantFrom(1, 499, 500, 501, 900), fc.constantFrom('[', '{"a":'))
  .map(([depth, open]) => `{"deep":${open.repeat(depth)}`);
const twice = fc
  .tuple(anyText(4), scalar, scalar)
  .map(
    ([key, one, other]) =>
      `{${JSON.stringify(key)}:${JSON.stringify(one) ?? 0},${JSON.stringify(key)}:${JSON.stringify(other) ?? 1}}`,
  );
const line = fc.oneof(
  jsonLine,
  jsonLine,
  torn,
  twice,
  deep,
  anyText(),
  fc.nat(3000).map((length) => ' x'.repeat(length)),
);
const lines = fc.array(
  line.map((text) => wellFormed(text).replaceAll(/[\r\n]/g, ' ')),
  { maxLength: 8 },
);
const newline = fc.constantFrom('\n', '\r\n');

it('gives the same records however its bytes are cut, and loses no line', async () => {
  await always(
    [lines, newline, cuts, fc.boolean()],
    (texts, end, places, ended) => {
      const bytes = Buffer.from(texts.join(end) + (ended ? end : ''));
      const records = read(inPieces(bytes, places));
      expect(records.map((each) => each.line)).toEqual(texts.filter((text) => text.trim() !== ''));
      expect(records).toEqual(read([bytes]));
    },
    0.5,
  );
});

it('gives the same records however its bytes are cut also where they are no UTF-8 and lines are too long', async () => {
  const noise = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc
        .constantFrom('\n', '\r\n', '{"a":"', '"}', ' ', '€', '🎓', ' '.repeat(30))
        .map((text) => Buffer.from(text)),
    ),
    { maxLength: 20 },
  );
  await always([noise, cuts, fc.integer({ min: 1, max: 40 })], (parts, places, longest) => {
    const bytes = Buffer.concat(parts);
    const records = read(inPieces(bytes, places), longest);
    expect(records).toEqual(read([bytes], longest));
    expect(records.every((each) => each.line.length <= longest)).toBe(true);
  });
});

it('reads what JSON.parse reads, and makes nothing of anything else', async () => {
  await always([line], (text) => {
    const [found] = read([text.replaceAll(/[\r\n]/g, ' ')]);
    if (found === undefined) return;
    let json: unknown;
    try {
      json = JSON.parse(found.line);
    } catch {
      json = undefined;
    }
    const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
    expect(found.fields).toEqual(isObject ? json : undefined);
    if (found.timeMs !== undefined) expect(Number.isFinite(found.timeMs)).toBe(true);
    if (!isObject) expect(found).toMatchObject({ level: undefined, msg: '', duplicateKeys: [] });
  });
});

it('takes a line of megabytes in many pieces', async () => {
  await always(
    [fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 200 })],
    (megabytes, pieces) => {
      const bytes = Buffer.from(`{"msg":"${'é'.repeat(megabytes * 500_000)}"}\n{"msg":"next"}\n`);
      const places = Array.from({ length: pieces }, (_, index) => index / pieces);
      const records = read(inPieces(bytes, places));
      expect(records.map(({ msg }) => msg)).toEqual(['', 'next']);
    },
    0.005,
  );
});
