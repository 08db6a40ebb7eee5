import { connect, createServer } from 'node:net';
import { messageOf } from '../../errors.ts';
import { installRedis } from '../../kit/index.ts';
import { readRedisUrl } from '../../redis/address.ts';
import { findRedis } from '../../redis/index.ts';
import type { DoctorLine } from '../../render/doctor.ts';
import type { Context } from '../context.ts';
import { themeFor } from '../theme-for.ts';

/** The Node versions that the tests run on. */
const supported = '20.19 or later';

/** The program would not have come this far on an older Node: this line tells which one it is. */
export function examineNode({ nodeVersion }: Context): DoctorLine {
  return { state: 'fine', label: `Node ${nodeVersion}`, text: supported };
}

export function examineSystem({ platform }: Context): DoctorLine {
  if (platform !== 'win32') {
    return { state: 'fine', label: 'System', text: platform === 'linux' ? 'Linux' : platform };
  }
  return {
    state: 'broken',
    label: 'System',
    text: 'Windows: the labs need process groups and signals, which it does not have.',
    advice: ['Use WSL2: https://learn.microsoft.com/windows/wsl/install'],
  };
}

/** Opens a port as the labs do. */
export async function examinePorts(): Promise<DoctorLine> {
  const label = 'Ports on 127.0.0.1';
  try {
    await new Promise<void>((resolve, reject) => {
      const server = createServer().once('error', reject);
      server.listen(0, '127.0.0.1', () => server.close(() => resolve()));
    });
    return { state: 'fine', label, text: 'can be opened' };
  } catch (error) {
    return {
      state: 'broken',
      label,
      text: `cannot be opened: ${messageOf(error)}`,
      advice: ['A firewall or a sandbox may forbid it: allow Node to listen on 127.0.0.1.'],
    };
  }
}

export async function examineRedis({ env }: Context): Promise<DoctorLine> {
  const place = findRedis(env);
  if (place.kind === 'url') return examineRedisUrl(place.url);
  if (place.kind === 'program') return { state: 'fine', label: 'Redis', text: place.path };
  return {
    state: 'missing',
    label: 'Redis',
    text: 'not found: the Redis parts of labs 5 and 12 cannot be judged here',
    advice: installRedis,
  };
}

export function examineTerminal(context: Context): DoctorLine {
  const { stdout } = context;
  const label = 'Terminal';
  if (!stdout.isTTY) return { state: 'fine', label, text: 'none: everything works without one' };
  const { colour, unicode } = themeFor(context, stdout, {});
  const text = [
    `${stdout.columns} columns`,
    colour ? 'colour' : 'no colour',
    unicode ? 'UTF-8' : 'no UTF-8: marks are words',
  ].join(', ');
  if (stdout.columns >= 60) return { state: 'fine', label, text };
  return {
    state: 'missing',
    label,
    text,
    advice: ['Tables need 60 columns: make the window wider.'],
  };
}

/** The address is told without the user and the password in it. */
async function examineRedisUrl(url: string): Promise<DoctorLine> {
  const label = 'Redis';
  const address = readRedisUrl(url);
  const without = 'Or unset REDIS_URL: a redis-server on the PATH is found and started privately.';
  if (address === undefined) {
    return {
      state: 'missing',
      label,
      text: 'REDIS_URL is no address of a Redis',
      advice: ['Write it as redis://user:password@127.0.0.1:6379', without],
    };
  }
  const place = `${address.host}:${address.port}`;
  const problem = await problemOfReaching(address);
  if (problem === undefined) return { state: 'fine', label, text: `REDIS_URL, ${place}` };
  return {
    state: 'missing',
    label,
    text: `REDIS_URL names ${place}, where nothing answers: ${problem}`,
    advice: ['Start it, or name another one.', without],
  };
}

/** How long a Redis may take to accept a connection, in milliseconds. */
const reachableWithinMs = 2000;

function problemOfReaching(address: { host: string; port: number }): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ ...address, timeout: reachableWithinMs });
    const end = (problem: string | undefined) => {
      socket.destroy();
      resolve(problem);
    };
    socket.once('connect', () => end(undefined));
    socket.once('error', (error) => end(messageOf(error)));
    socket.once('timeout', () => end(`no connection within ${reachableWithinMs / 1000} s`));
  });
}
