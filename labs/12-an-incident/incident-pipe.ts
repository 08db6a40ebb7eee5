import type { Entry } from './incident-entry.ts';
import { type Instance, type Plan, timeOf } from './incident-plan.ts';

/** How much the pipe from an instance to the log's store takes in a while. */
const bytesInAWhile = 18_000;
const whileMs = 5_000;

/**
 * The lines that arrive of what an instance writes. When a while's share is used up the rest of it is lost, whatever it
 * says; the pipe itself tells at the end of it how much that was.
 */
export function throughPipe(plan: Plan, instance: Instance, entries: readonly Entry[]): string[] {
  const lines: string[] = [];
  let current = 0;
  let bytes = 0;
  let dropped = 0;
  const write = ({ atMs, level, fields, msg }: Entry) =>
    JSON.stringify({ level, time: timeOf(plan, atMs), instance, ...fields, msg });
  for (const entry of entries) {
    const now = Math.floor(entry.atMs / whileMs);
    if (now !== current) {
      const fields = { logger: 'log-pipe', dropped };
      const atMs = (current + 1) * whileMs;
      if (dropped > 0) lines.push(write({ atMs, level: 40, fields, msg: 'pipe full, lines lost' }));
      [current, bytes, dropped] = [now, 0, 0];
    }
    const line = write(entry);
    bytes += line.length + 1;
    if (bytes <= bytesInAWhile) lines.push(line);
    else dropped += 1;
  }
  return lines;
}
