import { mkdir, realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { couldNotRun, messageOf } from '../errors.ts';
import type { RedisAddress } from './address.ts';
import { type Connection, connectRedis } from './connection.ts';
import type { RedisGround, RedisProcess } from './ground.ts';

/** A redis-server of our own that answers. */
export interface PrivateServer {
  process: RedisProcess;
  address: RedisAddress;
  connection: Connection;
}

export interface StartPrivateOptions {
  /** redis-server or valkey-server, absolute. */
  file: string;
  /** Its own; made when missing. */
  folder: string;
  ground: RedisGround;
}

const host = '127.0.0.1';
/** How often a port that somebody else has taken in the meantime is changed. */
const attempts = 5;
/** From the start to the first reply, in milliseconds. */
const readyWithinMs = 20_000;
const pauseMs = 10;

/** Starts a redis-server without persistence. Throws a CourseError (exit 3) where it does not come to answer. */
export async function startPrivateServer(options: StartPrivateOptions): Promise<PrivateServer> {
  await mkdir(options.folder, { recursive: true });
  const folder = await realpath(options.folder);
  for (let attempt = 1; ; attempt += 1) {
    const port = await options.ground.drawPort();
    const process = await start(options, folder, port);
    const address = { host, port, username: undefined, password: undefined, database: undefined };
    const connection = await waitUntilReady(process, address, folder);
    if (connection) return { process, address, connection };
    await process.kill();
    if (attempt < attempts && isPortTaken(process)) continue;
    const words = process.output().findLast((line) => line.trim() !== '');
    throw didNotStart(options.file, words ?? `no answer within ${readyWithinMs / 1000} s`);
  }
}

async function start(
  { file, ground }: StartPrivateOptions,
  folder: string,
  port: number,
): Promise<RedisProcess> {
  const settings = {
    port: String(port),
    bind: host,
    save: '',
    appendonly: 'no',
    dir: folder,
    // A seat belt: an answer that fills it is refused further writes, and the machine lives.
    maxmemory: '512mb',
    'maxmemory-policy': 'noeviction',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  // Redis 7 refuses to start with a LANG that the system does not know.
  const environment = { LC_ALL: 'C' };
  return ground.startTool({ file, args, cwd: folder, environment }).catch((error: unknown) => {
    throw didNotStart(file, messageOf(error));
  });
}

/** Our own connection to it; undefined when it has ended or does not answer in time. */
async function waitUntilReady(
  process: RedisProcess,
  address: RedisAddress,
  folder: string,
): Promise<Connection | undefined> {
  const until = performance.now() + readyWithinMs;
  while (process.ended() === undefined && performance.now() < until) {
    const connection = await connectRedis(address).catch(() => undefined);
    if (connection && (await isOurs(connection, folder))) return connection;
    connection?.close();
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return undefined;
}

/** A stranger may have taken the port first; the folder is ours alone. */
async function isOurs(connection: Connection, folder: string): Promise<boolean> {
  const reply = await connection.call('CONFIG', 'GET', 'dir').catch(() => []);
  return String((reply as readonly unknown[])[1]) === folder;
}

function isPortTaken(process: RedisProcess): boolean {
  return process.output().some((line) => /address already in use/i.test(line));
}

function didNotStart(file: string, detail: string): Error {
  return couldNotRun(
    `${basename(file)} (${file}) did not start: ${detail}`,
    'Look what it says when you start it by hand, or set REDIS_URL to another Redis.',
  );
}
