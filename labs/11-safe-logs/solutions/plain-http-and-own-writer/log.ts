const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type Level = (typeof levels)[number];

const least = levels.indexOf((process.env.LOG_LEVEL ?? 'info') as Level);

export const isOn = (level: Level): boolean => levels.indexOf(level) >= least;

/** All that a record may have beside level, time, request id and message. */
export interface Fields {
  event?: 'login';
  outcome?: 'success' | 'failure';
  userId?: number;
  route?: string;
  status?: number;
  err?: Error;
  /** Of the database; made only when it is written. */
  plan?: unknown;
}

/** Writes one line, at once. The fields are picked one by one: what else an object brings along stays out. */
export function log(level: Level, reqId: string, msg: string, fields: Fields = {}): void {
  if (!isOn(level)) return;
  const { event, outcome, userId, route, status, err, plan } = fields;
  const line = JSON.stringify({
    level,
    time: new Date().toISOString(),
    reqId,
    msg,
    event,
    outcome,
    userId,
    route,
    status,
    err: err && { type: err.name, message: err.message, stack: err.stack },
    plan,
  });
  process.stdout.write(`${line}\n`);
}
