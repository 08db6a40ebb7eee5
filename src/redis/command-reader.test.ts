import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCommandReader } from './command-reader.ts';

const enough = 1024 * 1024;

function read(chunks: readonly (string | Buffer)[], keptBytes = enough) {
  const reader = createCommandReader(keptBytes);
  return chunks.flatMap((chunk) => reader.read(Buffer.from(chunk)));
}

/** As client libraries write a command. */
function encode(words: readonly string[]): Buffer {
  const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return Buffer.from(`*${words.length}\r\n${parts.join('')}`);
}

/** The bytes in pieces, cut where `cuts` say (parts of 1). */
function cutAt(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = cuts.map((cut) => Math.floor(cut * bytes.length)).sort((a, b) => a - b);
  return [0, ...places].map((place, index) => bytes.subarray(place, places[index]));
}

const words = fc.array(fc.string({ unit: 'binary', maxLength: 40 }), {
  minLength: 1,
  maxLength: 5,
});
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

describe('commands of a client library', () => {
  test('are read whatever is in them, in a pipeline, however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 8 }), cuts, (commands, places) => {
        const bytes = Buffer.concat(commands.map(encode));
        expect(read(cutAt(bytes, places))).toEqual(commands);
      }),
      { numRuns: 500 },
    );
  });

  test('byte by byte: MULTI, HELLO of RESP3, and an empty argument', () => {
    const commands = [
      ['HELLO', '3', 'AUTH', 'default', 'secret'],
      ['MULTI'],
      ['set', 'ключ', '', 'EX', '60'],
      ['EXEC'],
    ];
    const bytes = Buffer.concat(commands.map(encode));
    expect(read([...bytes].map((byte) => Buffer.of(byte)))).toEqual(commands);
  });

  test('an empty command is none, as Redis sees it', () => {
    expect(read(['*0\r\n*-1\r\n', encode(['PING'])])).toEqual([['PING']]);
  });

  test('a large one keeps its beginning, and the next is read', () => {
    const value = 'ä'.repeat(1_000_000);
    const bytes = Buffer.concat([encode(['SET', 'k', value, 'EX', '9']), encode(['GET', 'k'])]);
    const chunks = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, index) =>
      bytes.subarray(index * 65_536, (index + 1) * 65_536),
    );
    expect(read(chunks, 2 * enough)).toEqual([
      ['SET', 'k', value, 'EX', '9'],
      ['GET', 'k'],
    ]);
    // 4 bytes for SET and k, 7 for the value: three whole characters.
    expect(read(chunks, 11)).toEqual([
      ['SET', 'k', 'äää', '', ''],
      ['GET', 'k'],
    ]);
  });
});

describe('inline commands', () => {
  test.each([
    ['PING\r\n', [['PING']]],
    ['  get\tk  \n', [['get', 'k']]],
    ['\r\n\r\nPING\n', [['PING']]],
    ['set k "a b\\n\\x41\\"" \'it\\\'s\'\r\n', [['set', 'k', 'a b\nA"', "it's"]]],
    ['set k "ä"\r\n', [['set', 'k', 'ä']]],
    ['set k ""\r\n', [['set', 'k', '']]],
  ])('%j', (line, expected) => {
    expect(read([line])).toEqual(expected);
    expect(read([...Buffer.from(line)].map((byte) => Buffer.of(byte)))).toEqual(expected);
  });

  test('stand between the others', () => {
    expect(read([encode(['GET', 'a']), 'DEL a\r\n', encode(['GET', 'b'])])).toEqual([
      ['GET', 'a'],
      ['DEL', 'a'],
      ['GET', 'b'],
    ]);
  });
});

describe('what is no command', () => {
  test.each([
    ['an open quote', 'set k "a\r\n'],
    ['a quote with something after it', 'set k "a"b\r\n'],
    ['a length that is none', '*2\r\n$x\r\n'],
    ['an argument that is none', '*2\r\n+OK\r\n'],
    ['a negative length', '*1\r\n$-1\r\n'],
    ['an argument that is too large', '*1\r\n$536870913\r\n'],
    ['too many arguments', '*1048577\r\n'],
    ['a line without an end', 'x'.repeat(70_000)],
  ])('%s: nothing after it is read', (_, bytes) => {
    expect(read([encode(['PING']), bytes, '\r\n', encode(['GET', 'k'])])).toEqual([['PING']]);
  });

  test('throws nothing, and reads the same however it is cut', () => {
    const noise = fc
      .array(
        fc.oneof(
          fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes)),
          fc.constantFrom('*', '$', '\r\n', '-1', '3', '"', "'", '\\', ' ', 'GET').map(Buffer.from),
          words.map(encode),
        ),
        { maxLength: 20 },
      )
      .map((parts) => Buffer.concat(parts));
    fc.assert(
      fc.property(noise, cuts, (bytes, places) => {
        expect(read(cutAt(bytes, places))).toEqual(read([bytes]));
      }),
      { numRuns: 500 },
    );
  });
});
