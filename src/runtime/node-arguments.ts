import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { host } from './environment.ts';
import { permissionFlags } from './permissions.ts';
import { outermost, readablePaths } from './readable-paths.ts';
import type { RuntimeSetting } from './setting.ts';
import type { LaunchOptions, NodeProgram } from './types.ts';

/** What Node is started with to run an answer. CACHE_DIR and the folder of ERROR_LOG must be there already. */
export function nodeArguments(
  program: NodeProgram,
  options: Omit<LaunchOptions, 'program'>,
  setting: Pick<RuntimeSetting, 'nodeVersion' | 'limits'>,
): readonly string[] {
  const { cacheDir, errorLogFile } = options;
  // The folder of ERROR_LOG, and not the file alone: loggers look for it, or make it, before they open their file.
  const writable = [cacheDir, errorLogFile && dirname(errorLogFile)].filter(
    (path) => path !== undefined,
  );
  const allowed = {
    // What may be written may be read.
    read: readablePaths(program, writable),
    write: outermost(writable),
    workers: program.allowWorkers,
  };
  return [
    '--enable-source-maps',
    `--max-old-space-size=${setting.limits.heapMegabytes}`,
    // Node's permission model closes the inspector, so a program that is debugged runs without it.
    ...(options.inspectPort === undefined
      ? permissionFlags(allowed, setting.nodeVersion)
      : [`--inspect=${host}:${options.inspectPort}`]),
    realpathSync(program.entry),
  ];
}
