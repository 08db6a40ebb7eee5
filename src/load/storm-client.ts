import { Agent, type ClientRequest, type IncomingMessage, request as send } from 'node:http';
import { errorCode } from '../errors.ts';
import type { LoadRequest } from '../kit/index.ts';
import { requestTimeoutSeconds } from './job.ts';

/** A whole answer, as it came. */
export interface StormAnswer {
  status: number;
  /** Trailers too; names in lower case, a repeated one once for each value. */
  headers: readonly (readonly [name: string, value: string])[];
  /** Read as UTF-8. */
  body: string;
}

/**
 * Asks one server over kept-alive connections. Node's own client, not autocannon: that one puts each answer down to the
 * oldest request it remembers, and never forgets one whose connection was closed (9.0.0: after the first
 * `Connection: close` every answer of that client counts as its neighbour's), which would look like leaks.
 */
export interface StormClient {
  /**
   * Undefined where no whole answer came within 10 s. Throws what is not the server's fault: a request that cannot be
   * written, a machine without sockets.
   */
  ask(request: LoadRequest): Promise<StormAnswer | undefined>;
  /** Breaks all connections: whoever waits gets no answer. */
  close(): void;
}

const largestBody = 16 * 1024 * 1024;

/** Errors that tell of this machine, not of the server. */
const ownFaults = new Set(['EADDRNOTAVAIL', 'EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM']);

/** Methods that may be sent again on a new connection (RFC 9110, 9.2.2). */
const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/** The server closed an idle connection just as it was used again: no fault of anyone. */
class ConnectionLost extends Error {}

export function createStormClient(url: string, connections: number): StormClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const open = new Set<ClientRequest>();
  let closed = false;

  const askOnce = (request: LoadRequest, via: Agent | false) =>
    new Promise<StormAnswer | undefined>((resolve, reject) => {
      const { path, method = 'GET', headers = {}, body } = request;
      // The path goes as it stands: a URL would take `/../` out of it.
      const { hostname, port } = new URL(url);
      const options = { hostname, port, path, method: method.toUpperCase(), agent: via };
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
      const outgoing = send({ ...options, headers: { ...length, ...headers } });
      open.add(outgoing);
      let response: IncomingMessage | undefined;
      const settle = (answer: StormAnswer | undefined) => {
        clearTimeout(timer);
        open.delete(outgoing);
        resolve(answer);
        if (answer === undefined) outgoing.destroy();
      };
      const timer = setTimeout(settle, requestTimeoutSeconds * 1000, undefined);
      const broke = (error: Error) => {
        if (ownFaults.has(errorCode(error) ?? '')) reject(error);
        else if (outgoing.reusedSocket && response === undefined && !closed) {
          reject(new ConnectionLost());
        }
        // What was rejected stays so.
        settle(undefined);
      };
      outgoing.on('error', broke);
      // Without a listener Node closes the connection and says nothing (status 101).
      outgoing.on('upgrade', (_, socket) => {
        socket.destroy();
        settle(undefined);
      });
      outgoing.on('response', (incoming) => {
        response = incoming;
        const chunks: Buffer[] = [];
        let size = 0;
        incoming.on('error', broke);
        incoming.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          size += chunk.length;
          if (size > largestBody) settle(undefined);
        });
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          settle({ status: incoming.statusCode ?? 0, headers: headersOf(incoming), body: text });
        });
      });
      outgoing.end(body);
    });

  return {
    ask: async (request) => {
      // A connection of its own, where a second try could do twice what was asked once.
      if (!idempotent.has((request.method ?? 'GET').toUpperCase())) return askOnce(request, false);
      try {
        return await askOnce(request, agent);
      } catch (error) {
        if (error instanceof ConnectionLost) return askOnce(request, false);
        throw error;
      }
    },
    close: () => {
      closed = true;
      agent.destroy();
      for (const outgoing of open) outgoing.destroy();
    },
  };
}

function headersOf({ rawHeaders, rawTrailers }: IncomingMessage): StormAnswer['headers'] {
  const raw = [...rawHeaders, ...rawTrailers];
  return Array.from({ length: raw.length / 2 }, (_, index) => {
    return [raw[2 * index]?.toLowerCase() ?? '', utf8(raw[2 * index + 1] ?? '')] as const;
  });
}

/** Node reads headers as Latin-1, a character for each byte; servers write UTF-8. */
function utf8(header: string): string {
  return Buffer.from(header, 'latin1').toString('utf8');
}
