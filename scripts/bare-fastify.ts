import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import type { CommandProgram } from '../src/runtime/index.ts';

const source = `import fastify from 'fastify';
const app = fastify();
app.get('/healthz', async () => ({ ok: true }));
await app.listen({ host: process.env.HOST, port: Number(process.env.PORT) });
`;

/** The smallest Fastify server, started as anybody would: what ours are compared with. */
export async function bareFastify(folder: string): Promise<CommandProgram> {
  const file = join(folder, 'bare.mjs');
  await writeFile(file, source);
  return { kind: 'command', command: process.execPath, args: [file], cwd: folder };
}
