import { Agent, type IncomingMessage, type RequestOptions, request as send } from 'node:http';
import { errorCode } from '../errors.ts';
import type { Answer, Clock, ProbeRequest } from '../kit/index.ts';
import { parseJson } from '../kit/parse-json.ts';

/** What came of one request: a whole answer, or why there is none. */
export type Exchange =
  | { kind: 'answer'; answer: Answer }
  | { kind: 'timed-out'; limitMs: number; status: number | undefined }
  | { kind: 'broken'; detail: string }
  | { kind: 'too-large'; limitBytes: number };

export interface HttpClientOptions {
  /** `http://127.0.0.1:<port>` */
  url: string;
  clock: Clock;
  /** For the whole answer, to its last byte; default 10,000. */
  limitMs?: number;
  /** A longer body is given up; default 16 MiB. */
  limitBytes?: number;
}

/** Asks one server, over kept-alive connections of its own. */
export interface HttpClient {
  /** Throws only for what is our own fault: a request that cannot be written, a machine without sockets. */
  ask(request: ProbeRequest): Promise<Exchange>;
  /** When each request was sent that has no whole answer yet. */
  inFlight(): readonly number[];
  /** Closes every connection; a later request opens new ones. */
  closeConnections(): void;
  /** From now on no connection is kept: what is idle is closed, and the others once their answer is whole. */
  keepNoConnection(): void;
}

/** Errors that tell of this machine, not of the server. */
const ownFaults = new Set(['EADDRNOTAVAIL', 'EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM']);

/** Methods that may be sent again on a new connection (RFC 9110, 9.2.2). */
const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

class ConnectionLost extends Error {}

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { url, clock, limitMs = 10_000, limitBytes = 16 * 1024 * 1024 } = options;
  const { hostname, port } = new URL(url);
  const limits = { limitMs, limitBytes };
  let agent = new Agent({ keepAlive: true });
  const pending = new Set<{ sentAtMs: number }>();

  const exchange = async (request: ProbeRequest): Promise<Exchange> => {
    const message = writeMessage(request);
    const { method = 'GET' } = message.options;
    const sendOnce = (via: Agent | false) =>
      sendMessage(request, message, { hostname, port, agent: via }, clock, limits);
    // A server may close an idle connection just as it is used again: no fault of anyone, so it is asked once more.
    if (!idempotent.has(method)) return sendOnce(false);
    try {
      return await sendOnce(agent);
    } catch (error) {
      if (error instanceof ConnectionLost) return sendOnce(false);
      throw error;
    }
  };

  return {
    ask: async (request) => {
      const waiting = { sentAtMs: clock.nowMs() };
      pending.add(waiting);
      try {
        return await exchange(request);
      } finally {
        pending.delete(waiting);
      }
    },
    inFlight: () => [...pending].map(({ sentAtMs }) => sentAtMs),
    closeConnections: () => {
      agent.destroy();
      agent = new Agent({ keepAlive: true });
    },
    keepNoConnection: () => {
      const closing = agent;
      closing.on('free', () => closeIdle(closing));
      closeIdle(closing);
    },
  };
}

function closeIdle({ freeSockets }: Agent): void {
  for (const socket of Object.values(freeSockets).flat()) socket?.destroy();
}

interface Message {
  options: RequestOptions;
  body: string | undefined;
}

/** Headers and body as they go over the wire: what was given wins over what is added. */
function writeMessage({ method, path, headers = {}, body, token }: ProbeRequest): Message {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const given = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const added: Record<string, string> = {};
  if (token !== undefined) added.authorization = `Token ${token}`;
  if (text !== undefined && !given.has('content-type')) added['content-type'] = 'application/json';
  if (text !== undefined && !given.has('content-length')) {
    added['content-length'] = String(Buffer.byteLength(text));
  }
  return {
    options: { method: (method ?? 'GET').toUpperCase(), path, headers: { ...added, ...headers } },
    body: text,
  };
}

function sendMessage(
  request: ProbeRequest,
  { options, body }: Message,
  to: RequestOptions,
  clock: Clock,
  { limitMs, limitBytes }: { limitMs: number; limitBytes: number },
): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    const sentAtMs = clock.nowMs();
    let response: IncomingMessage | undefined;
    const outgoing = send({ ...options, ...to });
    const settle = (outcome: Exchange) => {
      clearTimeout(timer);
      resolve(outcome);
      if (outcome.kind !== 'answer') outgoing.destroy();
    };
    const timer = setTimeout(
      () => settle({ kind: 'timed-out', limitMs, status: response?.statusCode }),
      limitMs,
    );
    const broke = (error: Error) => {
      clearTimeout(timer);
      if (ownFaults.has(errorCode(error) ?? '')) reject(error);
      else if (outgoing.reusedSocket && !response) reject(new ConnectionLost());
      else settle({ kind: 'broken', detail: describe(error, response) });
    };
    outgoing.on('error', broke);
    // Without a listener Node closes the connection and says nothing, and the server would seem to hang.
    outgoing.on('upgrade', (_, socket) => {
      socket.destroy();
      settle({ kind: 'broken', detail: 'it changed to another protocol (status 101)' });
    });
    outgoing.on('response', (incoming) => {
      response = incoming;
      const chunks: Buffer[] = [];
      let size = 0;
      incoming.on('error', broke);
      incoming.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > limitBytes) settle({ kind: 'too-large', limitBytes });
      });
      incoming.on('end', () => {
        const times = { sentAtMs, receivedAtMs: clock.nowMs() };
        const text = Buffer.concat(chunks).toString('utf8');
        settle({
          kind: 'answer',
          answer: { request, ...readHead(incoming), text, json: parse(text), ...times },
        });
      });
    });
    outgoing.end(body);
  });
}

function readHead(incoming: IncomingMessage): Pick<Answer, 'status' | 'headers'> {
  const headers = Object.entries(incoming.headersDistinct).map(([name, values = []]) => [
    name,
    values.length === 1 ? values[0] : values,
  ]);
  return { status: incoming.statusCode ?? 0, headers: Object.fromEntries(headers) };
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function describe(error: Error, response: IncomingMessage | undefined): string {
  const code = errorCode(error);
  if (code === 'ECONNREFUSED') return 'the connection was refused';
  if (code?.startsWith('HPE_')) return `what came is no HTTP: ${error.message}`;
  const when = response ? 'in the middle of the answer' : 'before an answer';
  return `the connection was closed ${when}`;
}
