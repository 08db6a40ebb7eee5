import { spawn } from 'node:child_process';
import process from 'node:process';

/**
 * Keeps cores busy with `count` processes that do nothing but count, until the function that it gives is called. Should
 * nobody call it, they end with this process, and after `longestSeconds` in any case.
 */
export function keepCoresBusy(count: number, longestSeconds: number): () => void {
  const loop = `const end = Date.now() + ${longestSeconds * 1000};
    while (Date.now() < end && process.ppid === ${process.pid}) for (let i = 0; i < 1e6; i += 1);`;
  const spinning = Array.from({ length: count }, () =>
    spawn(process.execPath, ['-e', loop], { stdio: 'ignore' }),
  );
  return () => {
    for (const child of spinning) child.kill('SIGKILL');
  };
}
