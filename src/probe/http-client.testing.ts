import type { Server } from 'node:http';
import type { AddressInfo, Server as TcpServer } from 'node:net';
import { afterEach } from 'vitest';
import { createHttpClient, type HttpClient, type HttpClientOptions } from './http-client.ts';
import { monotonicClock as clock } from './waiting.ts';

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const each of opened.splice(0)) each.close();
});

/** A client of this server, which then listens; both are closed after the test. */
export async function clientOf(
  server: Server | TcpServer,
  options: Partial<HttpClientOptions> = {},
): Promise<HttpClient> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createHttpClient({ url, clock, ...options });
  opened.push(server, { close: client.closeConnections });
  return client;
}

/** Throws where there is none. */
export async function answerOf(client: HttpClient, request: Parameters<HttpClient['ask']>[0]) {
  const exchange = await client.ask(request);
  if (exchange.kind !== 'answer') throw new Error(`no answer: ${JSON.stringify(exchange)}`);
  return exchange.answer;
}
