import fc from 'fast-check';
import { expect, it } from 'vitest';
import { always, anyText } from '../properties.testing.ts';
import { parseJson } from './parse-json.ts';

const brackets = fc.constantFrom('[', ']', '{', '}', '[[[[', '"', '\\"', '\\\\', '{"a":[', ',');

it('reads as JSON.parse does, whatever stands in texts and names', async () => {
  await always(
    [fc.jsonValue(), fc.array(brackets, { maxLength: 500 }), fc.nat(3)],
    (value, parts, indent) => {
      const text = JSON.stringify(
        { value, text: parts.join(''), [parts.join('')]: 1 },
        null,
        indent,
      );
      expect(parseJson(text)).toEqual(JSON.parse(text));
    },
  );
});

it('refuses what is nested deeper than 500 levels, and nothing else that JSON.parse takes', async () => {
  await always(
    [fc.integer({ min: 1, max: 1500 }), fc.array(fc.boolean(), { minLength: 1, maxLength: 9 })],
    (depth, kinds) => {
      const isArray = (level: number) => kinds[level % kinds.length] === true;
      let text = '""';
      for (let level = 0; level < depth; level += 1) {
        text = isArray(level) ? `["]}",${text}]` : `{"[{":${text}}`;
      }
      if (depth <= 500) expect(() => JSON.stringify(parseJson(text))).not.toThrow();
      else expect(() => parseJson(text)).toThrow(SyntaxError);
    },
  );
});

it('throws nothing but a SyntaxError', async () => {
  await always(
    [
      fc.oneof(
        anyText(),
        fc.array(brackets).map((parts) => parts.join('')),
      ),
    ],
    (text) => {
      try {
        parseJson(text);
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError);
      }
    },
  );
});
