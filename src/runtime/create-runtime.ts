import { join } from 'node:path';
import { interrupted } from '../errors.ts';
import { baseEnvironment } from './environment.ts';
import { drawFreePort } from './free-port.ts';
import { createKeeper } from './keeper.ts';
import { launchServer } from './launch.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { createProcessGuard } from './process-guard.ts';
import { identify } from './process-identity.ts';
import { startServiceProcess } from './service.ts';
import type { RuntimeSetting } from './setting.ts';
import { openStartRecord } from './start-record.ts';
import { startToolProcess } from './tool.ts';
import type { Runtime } from './types.ts';

/** Where a runtime finds its parts; all else has defaults from the process that it runs in. */
export interface RuntimeOptions {
  /** Holds registrar.js, load.js and keeper.js. */
  distFolder: string;
  /** The workspace's state folder, for start records; made when missing, done without when it cannot be written. */
  recordFolder: string;
  /** The Node that runs servers and services. */
  node?: string;
  /** The version of `node`, without the `v`. */
  nodeVersion?: string;
  platform?: NodeJS.Platform;
  /** PATH, HOME and LANG are handed on. */
  environment?: NodeJS.ProcessEnv;
  limits?: Partial<Limits>;
  /** Gives a port on which nobody listens; for launches that name none. */
  drawPort?: () => Promise<number>;
}

/** Starts nothing yet: the keeper comes with the first process. */
export function createRuntime(options: RuntimeOptions): Runtime {
  const { node = process.execPath, platform = process.platform } = options;
  const environment = options.environment ?? process.env;
  const keeper = createKeeper({
    node,
    script: join(options.distFolder, 'keeper.js'),
    environment: baseEnvironment(environment),
  });
  const record = openStartRecord(options.recordFolder, identify(process.pid, platform));
  const guard = createProcessGuard(keeper, record, platform);
  const setting: RuntimeSetting = {
    node,
    nodeVersion: options.nodeVersion ?? process.versions.node,
    platform,
    environment,
    limits: { ...defaultLimits, ...options.limits },
    guard,
    drawPort: options.drawPort ?? (() => drawFreePort()),
  };
  let closing: Promise<void> | undefined;
  /** A server that ended because all was ended says nothing about itself. */
  const unlessClosed = async <T>(work: () => Promise<T>): Promise<T> => {
    if (closing !== undefined) throw interrupted();
    const [result] = await Promise.allSettled([work()]);
    if (closing !== undefined) throw interrupted();
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  };

  return {
    environment,
    launch: (launch) => unlessClosed(() => launchServer(launch, setting)),
    startService: (name, args = []) =>
      unlessClosed(() =>
        startServiceProcess({ name, distFolder: options.distFolder, args }, setting),
      ),
    startTool: (tool) => unlessClosed(() => startToolProcess(tool, setting)),
    drawPort: setting.drawPort,
    close() {
      closing ??= guard.close();
      return closing;
    },
  };
}
