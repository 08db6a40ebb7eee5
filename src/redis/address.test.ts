import { expect, test } from 'vitest';
import { readRedisUrl, writeRedisUrl } from './address.ts';

const plain = { host: 'localhost', port: 6379, username: undefined, password: undefined };

test.each([
  ['redis://localhost', { ...plain, database: undefined }],
  ['redis://localhost:7000/', { ...plain, port: 7000, database: undefined }],
  ['redis://localhost/15', { ...plain, database: 15 }],
  ['redis://[::1]:7000/2', { ...plain, host: '::1', port: 7000, database: 2 }],
  ['redis://:p%40ss%2F@localhost', { ...plain, password: 'p@ss/', database: undefined }],
  ['redis://ann:p%25@localhost/0', { ...plain, username: 'ann', password: 'p%', database: 0 }],
])('%s', (url, address) => {
  expect(readRedisUrl(url)).toEqual(address);
  expect(readRedisUrl(writeRedisUrl(address))).toEqual(address);
});

test.each([
  'localhost:6379',
  'rediss://localhost',
  'http://localhost',
  'redis://localhost/cache',
  'redis:///1',
  'nonsense',
])('%s is no address', (url) => {
  expect(readRedisUrl(url)).toBeUndefined();
});

test('a password with a bare % is meant as it stands', () => {
  expect(readRedisUrl('redis://:100%@localhost')?.password).toBe('100%');
});
