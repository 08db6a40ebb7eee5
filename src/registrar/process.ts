/**
 * Entry of the registrar's process: bundled to `dist/registrar.js`, commanded over its IPC channel.
 * Arguments: the seed, then the host (default 127.0.0.1) and the port (default 0: a free one).
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createControl } from './control.ts';
import { createHttpServer } from './http-server.ts';
import { createOffice } from './office.ts';
import { createSchool } from './school.ts';

// Node would open its debugger to anybody on this machine, an answer too: a control channel that we did not mean.
process.on('SIGUSR1', () => {});

const [seed = '', host = '127.0.0.1', port = '0'] = process.argv.slice(2);

// CLOCK_MONOTONIC: one clock for all processes of the machine.
const office = createOffice(
  createSchool(readSeed(seed)),
  () => Number(process.hrtime.bigint()) / 1e6,
);
const server = createHttpServer(office);
const url = listen();
// Where it cannot listen, the parent hears so: it asks first thing.
url.catch(() => undefined);
const receive = createControl(office, { server, url }, (message) => {
  if (process.connected) process.send?.(message);
});
process.on('message', receive);
process.once('disconnect', () => process.exit());

async function listen(): Promise<string> {
  server.listen({ host, port: Number(port), backlog: 1024 });
  await once(server, 'listening');
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}

function readSeed(text: string): number {
  const seed = Number(text);
  if (text === '' || !Number.isSafeInteger(seed)) throw new TypeError(`not a seed: "${text}"`);
  return seed;
}
