import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProbeRequest } from '../kit/index.ts';
import { curlLine } from './curl-line.ts';

test('is what a learner would type', () => {
  expect(curlLine({ path: '/api/v1/me/', token: 'b707' }, 'http://127.0.0.1:4107')).toBe(
    "curl -s 'http://127.0.0.1:4107/api/v1/me/' -H 'Authorization: Token b707'",
  );
  expect(curlLine({ path: '/a/', method: 'PUT', body: { a: "it's" } }, 'http://h')).toBe(
    `curl -s -X PUT 'http://h/a/' -H 'Content-Type: application/json' --data-raw '{"a":"it'\\''s"}'`,
  );
  expect(curlLine({ path: '/a/', method: 'post', body: '' }, 'http://h')).not.toContain('-X');
});

describe('sends with a real shell and curl', () => {
  let url = '';
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url: path, headers } = request;
      response.end(
        JSON.stringify({ method, path, headers, body: Buffer.concat(chunks).toString() }),
      );
    });
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  test.each<[string, ProbeRequest, object]>([
    [
      'globs and dots',
      { path: '/a/../[1-3]/{x,y}/?q=1' },
      { method: 'GET', path: '/a/../[1-3]/{x,y}/?q=1' },
    ],
    [
      'an empty header',
      { path: '/', headers: { 'X-Request-Id': '' } },
      { headers: expect.objectContaining({ 'x-request-id': '' }) },
    ],
    [
      'a hostile body',
      { path: '/', method: 'POST', body: '@/etc/passwd $(id) `id` \'"' },
      { body: '@/etc/passwd $(id) `id` \'"' },
    ],
    [
      'a body with another method',
      { path: '/', method: 'PATCH', body: [1] },
      { method: 'PATCH', body: '[1]' },
    ],
  ])('%s', async (_, request, expected) => {
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', curlLine(request, url)]);
    expect(JSON.parse(stdout)).toMatchObject(expected);
  });
});
