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
  setting: Pick<RuntimeSetting, 'nodeVersion' | 'limits' | 'platform'>,
): readonly string[] {
  const writable = writablePaths(options);
  const allowed = {
    // What may be written may be read.
    read: readablePaths(program, writable),
    write: outermost(writable),
    workers: program.allowWorkers,
  };
  return [
    '--enable-source-maps',
    ...heapLimit(setting),
    // Node's permission model closes the inspector, so a program that is debugged runs without it.
    ...(options.inspectPort === undefined
      ? permissionFlags(allowed, setting.nodeVersion)
      : [`--inspect=${host}:${options.inspectPort}`]),
    realpathSync(program.entry),
  ];
}

/**
 * With any flag of V8's own, Node throws away the compiled code of its modules that it comes with, and compiles them again
 * (V8 compares a hash of its flags): a quarter of the CPU time that a server's start and its first request take. Where resident
 * memory is looked at many times a second, that is limit enough.
 */
function heapLimit({ platform, limits }: Pick<RuntimeSetting, 'limits' | 'platform'>) {
  return platform === 'linux' ? [] : [`--max-old-space-size=${limits.heapMegabytes}`];
}

/** CACHE_DIR and the folder of ERROR_LOG, where they are given: loggers look for the folder, or make it, before they open their file. */
export function writablePaths({
  cacheDir,
  errorLogFile,
}: Pick<LaunchOptions, 'cacheDir' | 'errorLogFile'>): readonly string[] {
  return [cacheDir, errorLogFile && dirname(errorLogFile)].filter((path) => path !== undefined);
}
