import { describe, expect, it } from 'vitest';
import { parseInput } from './parse-command.ts';

describe('parseInput', () => {
  it('reads what is right, and leaves absent fields absent', () => {
    const filter = { route: 'subject', key: 'C#' };
    expect(parseInput.calls({ filter }, 'calls')).toEqual({ filter });
    expect(parseInput.configure({ settings: {} }, 'configure')).toStrictEqual({ settings: {} });
    const fault = { status: 503, times: 2, method: undefined };
    expect(parseInput.fail({ fault }, 'fail')).toStrictEqual({ fault: { status: 503, times: 2 } });
  });

  it.each([
    ['a command without its input', () => parseInput.ask({}, 'ask'), 'ask: path'],
    ['no object', () => parseInput.ask('/subjects/', 'ask'), 'ask: an object'],
    [
      'a field of another name',
      () => parseInput.calls({ filter: { rout: 'subject' } }, 'c'),
      'no rout',
    ],
    [
      'an unknown route',
      () => parseInput.calls({ filter: { route: 'subjcet' } }, 'c'),
      'subject-stats',
    ],
    ['a fault of 204', () => parseInput.fail({ fault: { status: 204 } }, 'f'), '400 to 599'],
    [
      'a fault of 0 times',
      () => parseInput.fail({ fault: { status: 500, times: 0 } }, 'f'),
      'times',
    ],
    [
      'half a connection',
      () => parseInput.configure({ settings: { connections: 1.5 } }, 's'),
      'whole',
    ],
    [
      'no connection',
      () => parseInput.configure({ settings: { connections: 0 } }, 's'),
      'connections',
    ],
    [
      'a delay that is negative',
      () => parseInput.delay({ filter: {}, delayMs: -1 }, 'd'),
      'delayMs',
    ],
    [
      'a delay that is no number',
      () => parseInput.delay({ filter: {}, delayMs: Number.NaN }, 'd'),
      'delayMs',
    ],
    [
      'a hold on a writing route',
      () => parseInput.hold({ filter: { route: 'subject-update' } }, 'h'),
      'only reads',
    ],
    [
      'a hold on a writing method',
      () => parseInput.hold({ filter: { method: 'put' } }, 'h'),
      'only reads',
    ],
  ])('refuses %s', (_, parse, message) => {
    expect(parse).toThrow(message);
  });

  const page =
    (headers: Record<string, unknown>, status = 200, body = 'hi') =>
    () =>
      parseInput.script({ pageId: 'p', page: { status, headers, body } }, 'script');

  it('takes pages that every server can send', () => {
    expect(page({ ETag: '"1"', 'Set-Cookie': 'a=b', Vary: '' })).not.toThrow();
    expect(page({}, 304, '')).not.toThrow();
  });

  it.each([
    ['a hop-by-hop header', page({ Connection: 'close' }), "not the page's to set"],
    ['a length', page({ 'Content-Length': '2' }), "not the page's to set"],
    ['a header twice', page({ ETag: '1', etag: '2' }), 'stands twice'],
    ['a header that is no text', page({ Age: 1 }), 'a text'],
    ['a header with a new line', page({ 'X-A': 'a\r\nX-B: b' }), 'has no value'],
    ['a header name with a space', page({ 'X A': 'a' }), 'no name'],
    ['a body with 204', page({}, 204), 'no body'],
    ['status 199', page({}, 199), '200 to 599'],
  ])('refuses a page with %s', (_, parse, message) => {
    expect(parse).toThrow(message);
  });
});
