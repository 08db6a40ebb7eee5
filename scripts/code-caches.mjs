import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Leaves beside each quick package what V8 made of its code, so that a server's start need not make it again. It fits the
 * Node that built it, so the package that is published goes without; with Node 22 and later a `NODE_COMPILE_CACHE` would do.
 */
export async function fillCodeCaches(names, folder) {
  const script = new URL('./use-quick-packages.mjs', import.meta.url).pathname;
  await promisify(execFile)(process.execPath, [script, folder, ...names]);
}
