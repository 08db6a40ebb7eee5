import type { Capture } from './capture.ts';
import { bytesOnDisk } from './disk-use.ts';
import type { Limits } from './limits.ts';
import { residentBytes } from './process-group.ts';
import type { BrokenLimit } from './types.ts';
import { usageOf } from './usage.ts';

/** How often output is taken in, and memory looked at, in milliseconds. */
const pollMs = 50;
/** `ps` is a process of its own, so it is asked less often. */
const psEveryMs = 1000;

/** Files are counted so often, and for no more than a share of the time where there are many. */
const [diskEveryMs, diskShare] = [500, 0.05];

/** Watches a program's output, files and resident memory until it is stopped. */
export interface LimitWatch {
  broken(): BrokenLimit | undefined;
  stop(): void;
}

/** Calls `onBroken` once, when a limit is broken. Takes in the output on the way, so `onLine` of a capture is called. */
export function watchLimits(options: {
  pid: number;
  /** Files and folders that it may write. */
  writable: readonly string[];
  captures: readonly Capture[];
  limits: Limits;
  platform: NodeJS.Platform;
  onBroken: () => void;
}): LimitWatch {
  const { pid, writable, captures, limits, platform, onBroken } = options;
  let lookedAt = performance.now();
  let written = 0;
  let level = 0;
  let broken: BrokenLimit | undefined;
  let stopped = false;

  const breaks = (limit: BrokenLimit) => {
    if (broken !== undefined || stopped) return;
    broken = limit;
    stop();
    onBroken();
  };
  const lookAtOutput = () => {
    const now = performance.now();
    const total = captures.reduce((sum, capture) => sum + capture.written(), 0);
    // A leaky bucket: what an idle hour would have allowed is not saved up.
    const leaked = ((now - lookedAt) / 1000) * limits.outputBytesPerSecond;
    level = Math.max(0, level - leaked) + total - written;
    [lookedAt, written] = [now, total];
    // Before it is read: reading a torrent takes longer than writing it.
    if (level > limits.outputBytes) breaks('output');
    else for (const capture of captures) capture.read();
  };
  const lookAtMemory = (bytes: number | undefined) => {
    if (bytes !== undefined && bytes > limits.residentBytes) breaks('memory');
  };

  const lookAtDisk = async () => {
    const startedAt = performance.now();
    let bytes = 0;
    for (const path of writable) bytes += await bytesOnDisk(path, limits.diskBytes - bytes);
    if (bytes > limits.diskBytes) breaks('disk');
    const tookMs = performance.now() - startedAt;
    if (!stopped) diskTimer = setTimeout(lookAtDisk, Math.max(diskEveryMs, tookMs / diskShare));
  };
  let diskTimer = writable.length > 0 ? setTimeout(lookAtDisk, diskEveryMs) : undefined;
  const timers = [setInterval(lookAtOutput, pollMs)];
  if (platform === 'linux') timers.push(setInterval(() => lookAtMemory(resident(pid)), pollMs));
  else {
    const ask = async () => lookAtMemory((await usageOf(pid, platform))?.memoryBytes);
    timers.push(setInterval(() => void ask(), psEveryMs));
  }
  const stop = () => {
    stopped = true;
    for (const timer of timers) clearInterval(timer);
    clearTimeout(diskTimer);
  };
  return { broken: () => broken, stop };
}

function resident(pid: number): number | undefined {
  try {
    return residentBytes(pid);
  } catch {
    return undefined;
  }
}
