import { request as sendRequest } from 'node:http';
import type { LoadRequest } from '../kit/index.ts';

const timeoutMs = 10_000;

/**
 * Asks once and gives the body of an answer with status 200; undefined for any other answer, or none: the load that
 * follows will tell what is wrong.
 */
export function firstBody(url: string, request: LoadRequest): Promise<string | undefined> {
  const { path, method = 'GET', headers, body } = request;
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const { hostname, port } = new URL(url);
    // The path goes out as it is written, as autocannon sends it.
    const sent = sendRequest({
      hostname,
      port,
      path,
      method,
      headers: { ...headers },
      signal,
      // A connection of its own, which is closed with the answer.
      agent: false,
    });
    sent.on('error', () => resolve(undefined));
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('error', () => resolve(undefined));
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve(response.statusCode === 200 ? Buffer.concat(chunks).toString() : undefined);
      });
    });
    sent.end(body);
  });
}
