const levels = { debug: 20, info: 30, warn: 40, error: 50 };
const names = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
const least = 10 * (names.indexOf(process.env.LOG_LEVEL ?? 'info') + 1);

export const isAtDebug = least <= levels.debug;

/** Writes one record: a line of JSON with these fields, and no others. */
export function record(level: keyof typeof levels, reqId: string, fields: object): void {
  if (levels[level] < least) return;
  const head = { level: levels[level], time: Date.now(), reqId };
  process.stdout.write(
    `${JSON.stringify({ ...fields, ...head, msg: 'event' in fields ? fields.event : level })}\n`,
  );
}
