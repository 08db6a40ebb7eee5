import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import type { CommandProgram } from '../src/runtime/index.ts';

/**
 * The smallest Fastify server, started as anybody would: what ours are compared with.
 * @param body JSON that `/constant` answers; without it there is no such route
 */
export async function bareFastify(folder: string, body?: string): Promise<CommandProgram> {
  const file = join(folder, body === undefined ? 'bare.mjs' : 'constant.mjs');
  await writeFile(file, source(body === undefined ? '' : constantRoute(body)));
  return { kind: 'command', command: process.execPath, args: [file], cwd: folder };
}

function source(route: string): string {
  return `import fastify from 'fastify';
const app = fastify();
app.get('/healthz', async () => ({ ok: true }));
${route}await app.listen({ host: process.env.HOST, port: Number(process.env.PORT) });
`;
}

function constantRoute(body: string): string {
  return `const body = ${JSON.stringify(body)};
app.get('/constant', (request, reply) => {
  reply.header('content-type', 'application/json; charset=utf-8').send(body);
});
// A CPU profile is written at an orderly end.
process.once('SIGTERM', () => app.close());
`;
}
