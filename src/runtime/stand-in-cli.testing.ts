import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileServer } from './compile.ts';
import { createRuntime } from './create-runtime.ts';

/*
 * Stands in for the CLI in tests of the keeper: launches a server that loops for ever, says on stdout which processes
 * there are, and waits to be killed.
 */
const [, , distFolder = '', folder = '', name = ''] = process.argv;
const programs = fileURLToPath(new URL('../../../fixtures/programs/', import.meta.url));
const recordFolder = join(folder, '.course-labs');
const runtime = createRuntime({ distFolder, recordFolder });
const compiled = await compileServer({
  sourceFolder: join(programs, name),
  outputFolder: join(recordFolder, 'build'),
});
if (compiled.kind === 'failed') throw new Error(compiled.failure.message);
const result = await runtime.launch({
  program: {
    kind: 'node',
    entry: compiled.entry,
    sourceFolder: join(programs, name),
    readable: [],
    allowWorkers: false,
  },
  settings: {},
  registrarUrl: 'http://127.0.0.1:1',
});
if (result.kind === 'failed') throw new Error(result.failure.message);
const { pid, url } = result.server;
const keeper = readdirSync('/proc').find((entry) => Number(entry) !== pid && isOwnKeeper(entry));
process.stdout.write(`${JSON.stringify({ group: pid, keeper: Number(keeper) })}\n`);
await fetch(`${url}/loop`).catch(() => {});

function isOwnKeeper(entry: string): boolean {
  try {
    const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${entry}/status`, 'utf8'))?.[1];
    const line = readFileSync(`/proc/${entry}/cmdline`, 'utf8');
    return Number(parent) === process.pid && line.includes('keeper.js');
  } catch {
    return false;
  }
}
