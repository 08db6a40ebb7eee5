import { spawn } from 'node:child_process';
import process from 'node:process';

/** Ends by itself, should nobody end it. */
const longestSeconds = 3600;

/** Keeps cores busy with `count` processes that do nothing but count, until the function that it gives is called. */
export function keepCoresBusy(count: number): () => void {
  const loop = `const end = Date.now() + ${longestSeconds * 1000}; while (Date.now() < end);`;
  const spinning = Array.from({ length: count }, () =>
    spawn(process.execPath, ['-e', loop], { stdio: 'ignore' }),
  );
  return () => {
    for (const child of spinning) child.kill('SIGKILL');
  };
}
