import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of our package.json. */
export const packageRoot = fileURLToPath(new URL('../..', import.meta.url));

/** Emits the kit's declarations into a folder, by the command that the build uses for `dist/kit`. */
export function emitKitTypes(folder: string): void {
  const { scripts } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const command = scripts['build:types'];
  if (command === undefined) throw new Error('package.json has no build:types');
  const [, ...args] = command.split(' ');
  // The last of two equal options counts.
  runCompiler([...args, '--outDir', folder], packageRoot);
}

/** Runs tsc. Throws an Error whose `stdout` is what it found. */
export function runCompiler(args: readonly string[], cwd: string): void {
  const compiler = join(packageRoot, 'node_modules', 'typescript', 'bin', 'tsc');
  execFileSync(process.execPath, [compiler, ...args], { cwd, encoding: 'utf8' });
}
