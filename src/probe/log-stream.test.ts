import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogRecord } from '../kit/index.ts';
import { createLogStream, type LogStreamOptions } from './log-stream.ts';

function read(
  chunks: readonly (string | Uint8Array)[],
  options: Omit<LogStreamOptions, 'onRecord'> = {},
): LogRecord[] {
  const records: LogRecord[] = [];
  const stream = createLogStream({ ...options, onRecord: (record) => records.push(record) });
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  return records;
}

describe('a line', () => {
  test('becomes a record', () => {
    const line =
      '{"level":40,"time":1767225600000,"msg":"late","reqId":"r-1","event":"login","extra":{"a":1}}';
    expect(read([`${line}\n`])).toEqual([
      {
        line,
        level: 'warn',
        timeMs: 1767225600000,
        msg: 'late',
        reqId: 'r-1',
        event: 'login',
        fields: JSON.parse(line),
        duplicateKeys: [],
      },
    ]);
  });

  test.each([
    ['"INFO"', 'pino', 'info'],
    ['"Warning"', 'pino', 'warn'],
    ['"CRITICAL"', 'python', 'fatal'],
    ['30', 'pino', 'info'],
    ['30', 'python', 'warn'],
    ['60', 'pino', 'fatal'],
    ['60', 'python', undefined],
    ['35', 'pino', undefined],
    ['"30"', 'pino', undefined],
    ['"__proto__"', 'pino', undefined],
    ['null', 'pino', undefined],
  ] as const)('level %s of %s is %s', (level, dialect, expected) => {
    expect(read([`{"level":${level}}\n`], { dialect })[0]?.level).toBe(expected);
  });

  test.each([
    ['1767225600000.5', 1767225600000.5],
    ['"2026-01-01T00:00:00.000Z"', 1767225600000],
    ['"2026-01-01T01:00:00.123456+01:00"', 1767225600123],
    ['"yesterday"', undefined],
    ['"2026-13-01T00:00:00Z"', undefined],
    ['true', undefined],
  ])('time %s is %s', (time, expected) => {
    expect(read([`{"time":${time}}\n`])[0]?.timeMs).toBe(expected);
  });

  test('that is no JSON object is kept as text', () => {
    const lines = ['Listening on 4100', '[1]', '"text"', 'null', '{"level":30', '12'];
    const records = read([`${lines.join('\n')}\n`]);
    expect(records.map(({ line }) => line)).toEqual(lines);
    expect(records.every(({ fields, level }) => fields === undefined && level === undefined)).toBe(
      true,
    );
  });
});

describe('keys that stand twice', () => {
  test.each([
    ['{"level":30,"a":1,"level":50}', ['level']],
    ['{"level":30,"\\u006cevel":50}', ['level']],
    ['{"a":{"b":1,"b":2},"c":[{"d":1,"d":2,"d":3}]}', ['b', 'd']],
    ['{"a":{"x":1},"b":{"x":1},"x":1}', []],
    ['{"a":"\\",\\"a\\":1","b":["a","a"]}', []],
    ['{"__proto__":1,"__proto__":2}', ['__proto__']],
  ])('%s has %j', (line, expected) => {
    expect(read([line])[0]?.duplicateKeys).toEqual(expected);
  });

  test('of the two, the last value counts, as for everyone who parses the line', () => {
    expect(read(['{"level":30,"level":50}'])[0]?.level).toBe('error');
  });

  test('a key is reported exactly when it was written twice', () => {
    const key = fc.constantFrom('a', 'b', '__proto__', 'é', '"', '\\', 'a,b', '{', '}');
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.jsonValue()), { maxLength: 8 }), (pairs) => {
        const line = `{${pairs.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify({ value })}`).join(', ')}}`;
        const names = pairs.map(([name]) => name);
        const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
        expect(new Set(read([line])[0]?.duplicateKeys)).toEqual(twice);
      }),
    );
  });

  test('a deeply nested line does no harm', () => {
    const nested = (depth: number) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)},"a":1}`;
    expect(read([nested(499)])[0]).toMatchObject({ fields: { a: 1 }, duplicateKeys: ['a'] });
    expect(read([nested(50_000)])[0]).toMatchObject({ fields: undefined, duplicateKeys: [] });
  });
});

describe('a stream', () => {
  test('gives the same records however its bytes are cut', () => {
    const text = '{"level":30,"msg":"Überblick 🎓"}\r\nplain text é\n\n{"level":50,"msg":"end"}\n';
    const bytes = Buffer.from(text);
    const whole = read([bytes]);
    expect(whole.map(({ msg }) => msg)).toEqual(['Überblick 🎓', '', 'end']);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 6 }), (cuts) => {
        const marks = [0, ...cuts.sort((left, right) => left - right), bytes.length];
        const chunks = marks.slice(1).map((mark, index) => bytes.subarray(marks[index], mark));
        expect(read(chunks)).toEqual(whole);
      }),
    );
  });

  test('keeps a torn last line', () => {
    expect(read(['{"msg":"whole"}\n{"msg":"to']).map(({ line }) => line)).toEqual([
      '{"msg":"whole"}',
      '{"msg":"to',
    ]);
  });

  test('caps a long line and goes on with the next', () => {
    const long = `{"msg":"${'x'.repeat(500)}"}`;
    const chunks = [
      `${long}\n`,
      long.slice(0, 50),
      long.slice(50, 300),
      `${long.slice(300)}\n{"msg":"next"}\n`,
    ];
    const records = read(chunks, { maxLineLength: 100 });
    expect(records.map(({ line }) => line.length)).toEqual([100, 100, 14]);
    expect(records.map(({ msg }) => msg)).toEqual(['', '', 'next']);
  });
});
