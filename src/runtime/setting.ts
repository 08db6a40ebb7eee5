import type { Limits } from './limits.ts';
import type { Guard } from './managed-process.ts';

/** What all launches of one runtime share. */
export interface RuntimeSetting {
  /** The Node that runs servers and services; absolute. */
  node: string;
  /** Its version, without the `v`. */
  nodeVersion: string;
  platform: NodeJS.Platform;
  /** Of which programs get PATH, HOME and LANG. */
  environment: NodeJS.ProcessEnv;
  limits: Limits;
  guard: Guard;
  /** Gives a port on which nobody listens. */
  drawPort: () => Promise<number>;
}
