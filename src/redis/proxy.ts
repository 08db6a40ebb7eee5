import { connect, createServer, type Server, type Socket } from 'node:net';
import { couldNotRun, errorCode, messageOf } from '../errors.ts';
import type { RedisAddress } from './address.ts';
import { createCommandReader } from './command-reader.ts';
import { joinSockets, type Link } from './link.ts';

/** Stands between answers and Redis: passes bytes on unchanged, and reads the commands among them. */
export interface RedisProxy {
  /** Of 127.0.0.1; the same for its whole life. */
  readonly port: number;
  /** Breaks all connections, and refuses new ones. */
  refuse(): Promise<void>;
  /** Takes connections again. Rejects (exit 3) when another program has taken the port meanwhile. */
  admit(): Promise<void>;
  /** Connections stay open and new ones are taken, and no reply comes through. */
  holdReplies(): void;
  releaseReplies(): void;
  /** As `refuse`, for good. */
  close(): Promise<void>;
}

/** Sees each command of a connection before it goes on; false breaks the connection in its place. */
export type Guard = (words: readonly string[]) => boolean;

export interface ProxyOptions {
  /** Where Redis is at the moment. */
  upstream(): Pick<RedisAddress, 'host' | 'port'>;
  drawPort(): Promise<number>;
  /** For one new connection. */
  guard(): Guard;
}

const host = '127.0.0.1';
/** How often a port is drawn, or tried again, that somebody else has. */
const attempts = 20;
/** Between two tries for the same port, in milliseconds. */
const pauseMs = 100;
/** Bytes of one command that are kept. */
const keptBytes = 4 * 1024 * 1024;

export async function openProxy(options: ProxyOptions): Promise<RedisProxy> {
  const links = new Set<Link>();
  let held = false;
  const take = (client: Socket) => {
    const reader = createCommandReader(keptBytes);
    const guard = options.guard();
    const upstream = connect({ ...options.upstream(), allowHalfOpen: true });
    const link = joinSockets({
      client,
      upstream,
      allows: (chunk) => reader.read(chunk).every(guard),
      onClosed: () => links.delete(link),
    });
    links.add(link);
    if (held) link.holdReplies();
  };

  let { server, port } = await listenAnywhere(options, take);
  let listening = true;
  const refuse = async () => {
    if (!listening) return;
    listening = false;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const link of links) link.cut();
    await closed;
  };
  return {
    port,
    refuse,
    async admit() {
      if (listening) return;
      server = await listenAgain(port, take);
      listening = true;
    },
    holdReplies() {
      held = true;
      for (const link of links) link.holdReplies();
    },
    releaseReplies() {
      held = false;
      for (const link of links) link.releaseReplies();
    },
    close: refuse,
  };
}

async function listenAnywhere(
  { drawPort }: ProxyOptions,
  take: (client: Socket) => void,
): Promise<{ server: Server; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await drawPort();
    const server = await listen(port, take).catch((error: unknown) => {
      if (attempt >= attempts || errorCode(error) !== 'EADDRINUSE') throw cannotListen(port, error);
    });
    if (server) return { server, port };
  }
}

/** Whoever has the port may have it for a moment only. */
async function listenAgain(port: number, take: (client: Socket) => void): Promise<Server> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await listen(port, take);
    } catch (error) {
      if (attempt >= attempts) throw cannotListen(port, error);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

function listen(port: number, take: (client: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ allowHalfOpen: true }, take);
    // It keeps no command from ending.
    server.unref();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => resolve(server));
  });
}

function cannotListen(port: number, error: unknown): Error {
  return couldNotRun(
    `The way to Redis cannot be opened on port ${port} of ${host}: ${messageOf(error)}.`,
    'Try again; another program may have taken the port.',
    error,
  );
}
