import fc from 'fast-check';
import { expect, it } from 'vitest';
import { always, anyText, isWellFormed } from '../properties.testing.ts';
import { readRedisUrl, writeRedisUrl } from './address.ts';

const secret = anyText(20).filter((text) => text !== '' && isWellFormed(text));
const address = fc.record({
  host: fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6(), fc.constant('localhost')),
  port: fc.integer({ min: 1, max: 65_535 }),
  username: fc.option(secret, { nil: undefined }),
  password: fc.option(secret, { nil: undefined }),
  database: fc.option(fc.nat(999_999_999), { nil: undefined }),
});

it('is read as it was written', async () => {
  await always([address], (wanted) => {
    const read = readRedisUrl(writeRedisUrl(wanted));
    // The parser of addresses writes IPv6 in its own short way.
    expect(read).toEqual({ ...wanted, host: read?.host });
    if (wanted.host.includes(':')) expect(read?.host).toContain(':');
    else expect(read?.host).toBe(wanted.host);
  });
});

it('a password with a bare % in it keeps all its other characters', async () => {
  const letters = fc.stringMatching(/^[a-zA-Zé^|"<> ]{0,8}$/);
  await always([letters, letters], (before, after) => {
    // After % two digits would stand for a character.
    const password = `${before}%${after.replace(/^[a-f]/i, 'x')}`;
    fc.pre(password.trim() === password);
    expect(readRedisUrl(`redis://:${password}@127.0.0.1:6379`)?.password).toBe(password);
  });
});

it('anything else is an address that can be written and read again, or none', async () => {
  const text = fc.oneof(
    anyText(),
    anyText().map((rest) => `redis://${rest}`),
    fc.webUrl().map((url) => url.replace(/^https?/, 'redis')),
    fc.tuple(address, anyText(6)).map(([each, more]) => writeRedisUrl(each) + more),
  );
  await always([text], (given) => {
    const read = readRedisUrl(given);
    if (read === undefined) return;
    expect(read.host).not.toBe('');
    expect(read.port).toBeGreaterThanOrEqual(0);
    expect(readRedisUrl(writeRedisUrl(read))).toEqual(read);
  });
});
