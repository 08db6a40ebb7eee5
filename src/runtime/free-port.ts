import { createServer } from 'node:net';
import { host } from './environment.ts';

/**
 * Ports are drawn below those that the system gives to outgoing connections (from 32,768 on Linux, from 49,152 on
 * macOS): a load test opens thousands of those, and one of them could take a port before its server listens.
 */
const [lowest, highest] = [20_000, 32_000];
const draws = 200;

/** A port on which nobody listens now; throws when 200 draws found none. */
export async function drawFreePort(random: () => number = Math.random): Promise<number> {
  for (let draw = 0; draw < draws; draw += 1) {
    const port = lowest + Math.floor(random() * (highest - lowest));
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port between ${lowest} and ${highest}`);
}

/** Whether a server could listen on this port of 127.0.0.1 now. */
export async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
