import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import { answerOf, clientOf } from './http-client.testing.ts';

describe('keeps no connection', () => {
  /** Answers `/now` at once and `/later` when it is told to. */
  const withWaiting = () => {
    const closed: string[] = [];
    let answerLater = () => {};
    const server = createServer((request, response) => {
      request.socket.once('close', () => closed.push(request.url ?? ''));
      if (request.url === '/later') answerLater = () => response.end('late');
      else response.end('now');
    });
    server.keepAliveTimeout = 60_000;
    return { server, closed, answerLater: () => answerLater() };
  };

  test('closes what is idle at once, and the others once their answer is whole', async () => {
    const { server, closed, answerLater } = withWaiting();
    const client = await clientOf(server);
    const later = answerOf(client, { path: '/later' });
    await answerOf(client, { path: '/now' });
    expect(closed).toEqual([]);

    client.keepNoConnection();
    await expect.poll(() => closed).toEqual(['/now']);
    answerLater();
    expect((await later).text).toBe('late');
    await expect.poll(() => closed).toEqual(['/now', '/later']);
  });

  test('asks over a new connection each time after that', async () => {
    const { server, closed } = withWaiting();
    const client = await clientOf(server);
    client.keepNoConnection();
    expect((await answerOf(client, { path: '/first' })).text).toBe('now');
    expect((await answerOf(client, { path: '/second' })).text).toBe('now');
    await expect.poll(() => closed).toEqual(['/first', '/second']);
  });
});
