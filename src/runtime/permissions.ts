import { signalLimitFlag } from './signal-limit.ts';

/** What a Node program is allowed beyond computing and the network. */
export interface Allowed {
  /** Files and folders (with all that is in them); `*` at the end of a path stands for anything. */
  read: readonly string[];
  write: readonly string[];
  workers: boolean;
}

/**
 * The flags that switch Node's permission model on, for a Node of this version. Everything that no flag allows is
 * refused: other processes, native add-ons, WASI, the inspector. Measured on 20.19, 20.20, 22.22, 24.21 and 26.10:
 * worker threads are held to the same folders as the main thread, so they need no open file system. What the model
 * leaves open and can be closed otherwise is closed here too: node:sqlite and signals.
 */
export function permissionFlags(allowed: Allowed, nodeVersion: string): readonly string[] {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  // Before, the flag was on trial and had the longer name (Node's changelogs of 22.13 and 23.5).
  const named = major >= 24 || (major === 23 && minor >= 5) || (major === 22 && minor >= 13);
  const hasSqlite = major > 22 || (major === 22 && minor >= 5);
  return [
    named ? '--permission' : '--experimental-permission',
    // Since 25 the network has to be allowed too (Node's documentation of --allow-net).
    ...(major >= 25 ? ['--allow-net'] : []),
    ...(allowed.workers ? ['--allow-worker'] : []),
    ...allowed.read.map((path) => `--allow-fs-read=${path}`),
    ...allowed.write.map((path) => `--allow-fs-write=${path}`),
    // It opens, reads and writes any file (seen on 22.23, 24.21 and 26.10).
    ...(hasSqlite ? ['--no-experimental-sqlite'] : []),
    signalLimitFlag,
    // Both would stand at the top of every program's stderr.
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
  ];
}
