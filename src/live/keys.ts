import { type LogLevel, logLevels } from '../kit/index.ts';

/** One key press. */
export interface Key {
  /** `a`, `1`, `?`, `up`, `pageup`, `return`, `escape`, `backspace`. */
  name: string;
  /** What it types: one character; absent for keys that type nothing. */
  text?: string;
}

/** What a key does while nothing is being typed. */
export type Action =
  | { kind: 'source'; level: LogLevel }
  | { kind: 'reader'; level: LogLevel }
  | { kind: 'ask'; what: Asked }
  | { kind: 'pause' | 'raw' | 'help' | 'back' | 'quit' }
  /** Positive: to older records. */
  | { kind: 'scroll'; by: number | 'page' | '-page' };

/** What can be asked for at the foot of the screen. */
export type Asked = 'request' | 'user' | 'event';

const actions: Readonly<Record<string, Action>> = {
  ...Object.fromEntries(
    logLevels.flatMap((level, index) => [
      [String(index + 1), { kind: 'source', level } as const],
      [level.charAt(0), { kind: 'reader', level } as const],
    ]),
  ),
  '/': { kind: 'ask', what: 'request' },
  u: { kind: 'ask', what: 'user' },
  v: { kind: 'ask', what: 'event' },
  p: { kind: 'pause' },
  r: { kind: 'raw' },
  '?': { kind: 'help' },
  q: { kind: 'quit' },
  escape: { kind: 'back' },
  up: { kind: 'scroll', by: 1 },
  down: { kind: 'scroll', by: -1 },
  pageup: { kind: 'scroll', by: 'page' },
  pagedown: { kind: 'scroll', by: '-page' },
};

/** Undefined for a key that does nothing. */
export function actionOf({ name, text }: Key): Action | undefined {
  const wanted = text ?? name;
  return Object.hasOwn(actions, wanted) ? actions[wanted] : undefined;
}

/** The key that changes the level at the source: `3` for info. */
export function sourceKey(level: LogLevel): string {
  return String(logLevels.indexOf(level) + 1);
}
