import { createServer } from 'node:net';
import { messageOf } from '../../errors.ts';
import { findRedis } from '../../redis/index.ts';
import type { DoctorLine } from '../../render/doctor.ts';
import type { Context } from '../context.ts';

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

export function examineRedis({ env }: Context): DoctorLine {
  const place = findRedis(env);
  if (place.kind === 'url')
    return { state: 'fine', label: 'Redis', text: `REDIS_URL, ${hidden(place.url)}` };
  if (place.kind === 'program') return { state: 'fine', label: 'Redis', text: place.path };
  return {
    state: 'missing',
    label: 'Redis',
    text: 'not found: the Redis parts of labs 5 and 12 cannot be judged here',
    advice: ['Debian, Ubuntu, WSL2: sudo apt install redis-server', 'macOS: brew install redis'],
  };
}

export function examineTerminal(context: Context): DoctorLine {
  const { stdout, env } = context;
  const label = 'Terminal';
  if (!stdout.isTTY) return { state: 'fine', label, text: 'none: everything works without one' };
  const colour = env.NO_COLOR ? 'no colour (NO_COLOR)' : 'colour';
  const text = `${stdout.columns} columns, ${colour}`;
  if (stdout.columns >= 60) return { state: 'fine', label, text };
  return {
    state: 'missing',
    label,
    text,
    advice: ['Tables need 60 columns: make the window wider.'],
  };
}

/** An address without what may be a password in it. */
function hidden(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'not an address';
}
