import type { Clock, Probe } from './probe.ts';
import type { Server } from './server.ts';

/** Logs come a little after answers. */
const patienceMs = 2_000;

/**
 * Waits for a record with these fields and gives them as JSON, the way they stand in the log. For experiments: throws
 * where no record has them, which is the fault of the demonstration server.
 */
export async function loggedFields(
  probe: Pick<Probe, 'poll'> & { clock: Clock },
  server: Pick<Server, 'logs'>,
  fields: Readonly<Record<string, string | number | boolean>>,
): Promise<string> {
  const wanted = Object.entries(fields);
  const stands = () =>
    server
      .logs()
      .some((record) => wanted.every(([field, value]) => record.fields?.[field] === value));
  const text = JSON.stringify(fields);
  if (await probe.poll(stands, probe.clock.nowMs() + patienceMs)) return text;
  throw new Error(`the log of the demonstration server lacks ${text}`);
}
