import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPieces } from './pieces.ts';
import { createRandom } from './random.ts';

const secret = 'k3f9x2m7q8z1';
const secrets = { alice: [secret], bob: ['zzwv-yyut-xxsr'] };
const found = (text: string) => findPieces(text, secrets).map(({ as, piece }) => [as, piece]);
const percent = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

describe('finds a secret', () => {
  it('as it is, with its owner and its place', () => {
    const text = `{"password":"${secret}"}`;
    expect(findPieces(text, secrets)).toEqual([
      { owner: 'alice', mark: secret, piece: secret, as: 'raw', at: 13, end: 25 },
    ]);
  });

  it('of which eight characters in the middle stand there', () => {
    expect(found('9x2m7q8z')).toEqual([['raw', '9x2m7q8z']]);
    expect(found('9x2m7q8')).toEqual([]);
  });

  it('at every place, in the order of the text', () => {
    expect(found(`${secret} zzwv-yyut-xxsr ${secret}`).map(([, piece]) => piece)).toEqual([
      secret,
      'zzwv-yyut-xxsr',
      secret,
    ]);
  });

  it('percent-encoded, wholly or in part, and says where in the source', () => {
    for (const form of [percent(secret), `k3${percent('f')}9x2m7q8z1`, percent('é') + secret]) {
      const text = `?x=%2F&token=${form}&y=%zz`;
      const [{ at, end, piece } = { at: 0, end: 0, piece: '' }] = findPieces(text, secrets);
      expect(piece).toBe(secret);
      expect(decodeURIComponent(text.slice(at, end))).toBe(secret);
    }
    expect(found(`?next=%2F${secret}%2F`)).toEqual([['raw', secret]]);
  });

  it('in base64, and says where', () => {
    const session = Buffer.from(`{"token":"${secret}"}`).toString('base64url');
    const [piece] = findPieces(`session=${session}; a=1`, secrets);
    expect(piece).toMatchObject({ as: 'base64', piece: secret });
    expect(session).toContain(`session=${session}`.slice(piece?.at, piece?.end));
  });

  it('whose characters take several bytes', () => {
    const umlauts = { ü: ['ßäöü-Überblick'] };
    const [piece] = findPieces(`x${Buffer.from('aßäöü-Überblick').toString('base64')}`, umlauts);
    expect(piece?.piece).toBe('ßäöü-Überblick');
    expect(findPieces(percent('äöü-Überblick'), umlauts)[0]?.piece).toBe('äöü-Überblick');
  });

  it('as one piece where a part in the middle is not telling', () => {
    const mark = 'xyz-00000000-uvw';
    expect(findPieces(`<${mark}>`, { alice: [mark] })).toMatchObject([{ piece: mark, at: 1 }]);
    expect(findPieces('reqId 00000000', { alice: [mark] })).toEqual([]);
  });

  it('that two have, for each of them', () => {
    const both = { alice: [secret], bob: [secret] };
    expect(findPieces(secret, both).map(({ owner }) => owner)).toEqual(['alice', 'bob']);
  });
});

describe('refuses', () => {
  it.each([
    ['short', 'k3f9x2m'],
    ['hexadecimal, like an id', '9f86d081-884c-7d65-9a2f'],
    ['made of few characters', 'xyxyxyxyxyxyxyzzzz'],
  ])('a secret that is %s', (_, mark) => {
    expect(() => findPieces('', { alice: [mark] })).toThrow(RangeError);
  });

  it('pieces that turn up by chance', () => {
    expect(() => findPieces('', secrets, 5)).toThrow(RangeError);
    expect(findPieces('x2m7q8', secrets, 6)).toHaveLength(1);
  });
});

/** Secrets as the school draws them, and a seed for what is around them. */
const drawn = fc.integer({ min: 0, max: 2 ** 31 }).map((seed) => {
  const random = createRandom(seed, 'pieces');
  const canary = `${random.text(4)}-${random.text(4)}-${random.text(4)}`;
  return { random, marks: { ann: [random.text(12), canary], ben: [random.text(40)] } };
});
const around = fc.string({ maxLength: 30 });
const telling = (text: string) => !/^[0-9a-f-]*$/.test(text) && new Set(text).size >= 4;

describe('for any secrets', () => {
  it('finds every part of eight characters or more, in every form, at any alignment', () => {
    fc.assert(
      fc.property(drawn, around, around, fc.nat(), ({ marks, random }, before, after, nat) => {
        const mark = random.pick([...marks.ann, ...marks.ben]);
        const length = 8 + (nat % (mark.length - 7));
        const offset = random.integer(0, mark.length - length);
        const part = mark.slice(offset, offset + length);
        fc.pre(telling(part.slice(0, 8)));
        const whole = before + part + after;
        const forms = {
          raw: whole,
          'url-encoded': `${encodeURIComponent(before.replaceAll(/[^ -~]/g, 'é'))}${percent(part)}`,
          base64: Buffer.from(whole).toString(random.pick(['base64', 'base64url'])),
        };
        for (const [as, text] of Object.entries(forms)) {
          const pieces = findPieces(text, marks).filter((each) => each.as === as);
          const hit = pieces.find(({ mark: of }) => of === mark);
          expect(hit?.piece, as).toContain(part);
        }
      }),
    );
  });

  it('tells only what stands there', () => {
    fc.assert(
      fc.property(drawn, fc.array(fc.nat(39), { maxLength: 12 }), ({ marks }, cuts) => {
        const all = [...marks.ann, ...marks.ben];
        const text = cuts
          .map((cut, index) => (all[index % 3] ?? '').slice(cut % 12, 6 + cut))
          .join('');
        const expected = all.filter((mark) =>
          Array.from({ length: mark.length - 7 }, (_, at) => mark.slice(at, at + 8)).some(
            (window) => telling(window) && text.includes(window),
          ),
        );
        const pieces = findPieces(text, marks);
        expect(new Set(pieces.map(({ mark }) => mark))).toEqual(new Set(expected));
        for (const { at, end, piece, mark } of pieces) {
          expect(text.slice(at, end)).toBe(piece);
          expect(mark).toContain(piece);
        }
      }),
    );
  });

  it('gives no false alarm over what logs are full of', () => {
    fc.assert(
      fc.property(drawn, fc.array(fc.uuid()), fc.date({ noInvalidDate: true }), (...given) => {
        const [{ marks, random }, ids, time] = given;
        const lines = ids.map((reqId) => {
          const parts = [...marks.ann, ...marks.ben].map((mark) => mark.slice(0, 7));
          const other = Buffer.from(random.text(30)).toString('base64');
          return JSON.stringify({ reqId, time: time.getTime(), iso: time, parts, other });
        });
        expect(findPieces(lines.join('\n'), marks)).toEqual([]);
      }),
    );
  });
});

it('looks through megabytes in a moment', () => {
  const random = createRandom(7);
  const many = { all: Array.from({ length: 30 }, () => random.text(40)) };
  const line = `{"level":30,"time":1767225600000,"reqId":"0b6c-%20","msg":"${random.text(60)}"}\n`;
  const text = line.repeat(80_000) + many.all[3];
  const startedAt = performance.now();
  expect(findPieces(text, many)).toMatchObject([{ mark: many.all[3], at: line.length * 80_000 }]);
  // Some 10 MB take a fraction of a second; ten are left for a machine that is busy.
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});
