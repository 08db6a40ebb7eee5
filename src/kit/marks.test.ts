import { describe, expect, it } from 'vitest';
import { findMarks } from './marks.ts';

const mark = 'k3f9-x2m7-q8z1';
const marks = { alice: [mark], bob: ['zzzz-yyyy-xxxx'] };
const found = (text: string) => findMarks(text, marks).map(({ owner, as }) => [owner, as]);

describe('finds a mark', () => {
  it('as it is', () => expect(found(`{"note":"${mark}"}`)).toEqual([['alice', 'raw']]));

  it('percent-encoded, every byte of it', () => {
    const encoded = [...Buffer.from(mark)].map((byte) => `%${byte.toString(16).toUpperCase()}`);
    expect(found(`?note=${encoded.join('')}`)).toEqual([['alice', 'url-encoded']]);
  });

  it.each(['', 'a', 'ab', 'abc', 'abcd'])('in base64, with "%s" before it', (before) => {
    for (const after of ['', 'x', 'xy']) {
      const text = Buffer.from(before + mark + after).toString('base64');
      expect(found(text)).toEqual([['alice', 'base64']]);
      expect(found(Buffer.from(before + mark + after).toString('base64url'))).toHaveLength(1);
    }
  });

  it('of each owner', () => {
    expect(found(`${mark} zzzz-yyyy-xxxx`)).toEqual([
      ['alice', 'raw'],
      ['bob', 'raw'],
    ]);
  });
});

describe('finds nothing', () => {
  it('where there is none', () => {
    expect(found('k3f9-x2m7 and q8z1')).toEqual([]);
    expect(found(Buffer.from('k3f9-x2m7').toString('base64'))).toEqual([]);
  });
});
