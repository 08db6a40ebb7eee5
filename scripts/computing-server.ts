import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import type { CommandProgram } from '../src/runtime/index.ts';

const source = `import fastify from 'fastify';
const steps = Number(process.argv[2]);
function compute() {
  let value = 1;
  for (let step = 0; step < steps; step += 1) value = (Math.imul(value, 1103515245) + 12345) | 0;
  return value;
}
const app = fastify();
app.get('/', async () => ({ value: compute() }));
app.get('/healthz', async () => ({ ok: true }));
await app.listen({ host: process.env.HOST, port: Number(process.env.PORT) });
`;

/**
 * A server that computes so many steps for each answer, each of which needs the result of the one before it. It neither
 * waits nor sleeps, so that more steps are less throughput, whatever the number of connections.
 */
export async function computingServer(folder: string, steps: number): Promise<CommandProgram> {
  const file = join(folder, 'computing.mjs');
  await writeFile(file, source);
  return { kind: 'command', command: process.execPath, args: [file, String(steps)], cwd: folder };
}
