import fc from 'fast-check';
import { expect, it } from 'vitest';
import { always, anyText, cuts, inPieces, isWellFormed } from '../properties.testing.ts';
import { createCommandLog, isOfLibrary } from './command-log.ts';
import { createCommandReader } from './command-reader.ts';
import { splitInlineCommand } from './inline-command.ts';

const word = anyText(12).filter(isWellFormed);
const name = fc.oneof(fc.constantFrom('get', 'SET', 'ping', 'Hello', 'client', 'DEL'), word);
const command = fc
  .tuple(name, fc.array(word, { maxLength: 4 }))
  .map(([first, rest]) => [first, ...rest]);

const encode = (words: readonly string[]) =>
  Buffer.from(
    `*${words.length}\r\n${words.map((each) => `$${Buffer.byteLength(each)}\r\n${each}\r\n`).join('')}`,
  );

it('keeps every command that is not a library’s own, in order, from bytes cut anywhere', async () => {
  await always([fc.array(command, { maxLength: 8 }), cuts], (commands, places) => {
    let nowMs = 0;
    const log = createCommandLog({ nowMs: () => nowMs++ });
    const reader = createCommandReader(1_000_000);
    for (const piece of inPieces(Buffer.concat(commands.map(encode)), places)) {
      for (const words of reader.read(Buffer.from(piece))) log.add(words);
    }
    const expected = commands
      .map(([first = '', ...args]) => ({ name: first.toUpperCase(), args }))
      .filter((each) => !isOfLibrary(each.name));
    expect(log.commands().map(({ name: of, args }) => ({ name: of, args }))).toEqual(expected);
    const times = log.commands().map(({ sentAtMs }) => sentAtMs);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });
});

it('an inline command is split as it was quoted', async () => {
  const bytes = fc
    .array(
      fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
      { maxLength: 10 },
    )
    .map((each) => each.join(''));
  const quoted = (text: string) =>
    `"${[...text].map((each) => (/[\w-]/.test(each) ? each : `\\x${each.charCodeAt(0).toString(16).padStart(2, '0')}`)).join('')}"`;
  const single = (text: string) => `'${text.replaceAll("'", "\\'")}'`;
  await always(
    [fc.array(bytes, { maxLength: 5 }), fc.constantFrom(' ', '\t', '  ')],
    (words, gap) => {
      expect(splitInlineCommand(words.map(quoted).join(gap))).toEqual(words);
      // Between single quotes a backslash means itself, but for one before a quote.
      const plain = words.map((each) => each.replaceAll('\\', '/'));
      expect(splitInlineCommand(plain.map(single).join(gap))).toEqual(plain);
    },
  );
});
