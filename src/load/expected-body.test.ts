import { describe, expect, it } from 'vitest';
import { matchBody } from './expected-body.ts';

describe('matchBody', () => {
  it('takes the same body and no other', () => {
    const matches = matchBody('{"name":"Überblick"}');
    expect(matches('{"name":"Überblick"}')).toBe(true);
    expect(matches('{"name":"überblick"}')).toBe(false);
    expect(matches('{"name":"berblick"}')).toBe(false);
  });

  it('forgives a character that was cut in two between chunks, and nothing beside it', () => {
    const matches = matchBody('{"name":"Überblick","grade":97}');
    const cut = `${Buffer.from([0xc3])}${Buffer.from([0x9c])}`;
    expect(matches(`{"name":"${cut}berblick","grade":97}`)).toBe(true);
    expect(matches(`{"name":"${cut}berblick","grade":96}`)).toBe(false);
  });
});
