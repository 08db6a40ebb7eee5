import type { ProcessEnd } from '../kit/index.ts';

/** What others send: the system when memory runs out, a supervisor, a person. A program's own faults end it otherwise. */
const sentByOthers: ReadonlySet<string> = new Set([
  'SIGKILL',
  'SIGTERM',
  'SIGINT',
  'SIGHUP',
  'SIGQUIT',
]);

/** Somebody else may have ended the process. It may have sent the signal to itself, too: then it does so again. */
export function endedFromOutside(end: ProcessEnd | undefined): boolean {
  return end?.signal != null && sentByOthers.has(end.signal);
}
