import type { StoredRun } from '../workspace/index.ts';
import type { Context } from './context.ts';

/** What a measurement depends on, beside the machine. */
export function versionsOf({ version, nodeVersion, platform }: Context): StoredRun['versions'] {
  return { courseLabs: version, node: nodeVersion, platform };
}
