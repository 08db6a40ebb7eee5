import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Runtime } from '../src/runtime/index.ts';
import { toolFile } from './wrk.ts';

const readyWithinMs = 10_000;

/**
 * A private nginx in one process, with files of its own alone: answers `/healthz` from memory with what the bare Fastify
 * server answers. It ends with the runtime. Gives its address.
 */
export async function startNginx(folder: string, runtime: Runtime): Promise<string> {
  const port = await runtime.drawPort();
  const prefix = join(folder, 'nginx');
  await mkdir(prefix);
  const buffers = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const file = join(prefix, 'nginx.conf');
  const errors = join(prefix, 'error.log');
  await writeFile(
    file,
    `daemon off; master_process off; worker_processes 1;
pid ${prefix}/pid; error_log ${errors};
events { worker_connections 256; }
http {
  access_log off; keepalive_requests 100000000; keepalive_timeout 300;
  ${buffers.map((kind) => `${kind}_temp_path ${prefix}/${kind};`).join(' ')}
  server {
    listen 127.0.0.1:${port};
    location = /healthz { default_type application/json; return 200 '{"ok":true}'; }
  }
}
`,
  );
  await runtime.startTool({
    file: toolFile('nginx') ?? 'nginx',
    args: ['-p', prefix, '-c', file, '-e', errors],
    cwd: prefix,
  });
  const url = `http://127.0.0.1:${port}/healthz`;
  const deadline = performance.now() + readyWithinMs;
  while (performance.now() < deadline) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return url;
    await sleep(20);
  }
  const said = await readFile(errors, 'utf8').catch(() => '');
  throw new Error(`nginx does not answer. ${said}`);
}
