import { emitKeypressEvents } from 'node:readline';
import type { Key } from '../live/keys.ts';
import type { Context } from './context.ts';

/** Keys as they are pressed, without Enter and without an echo. */
export interface KeyListener {
  onKey(listener: (key: Key) => void): void;
  /** Gives stdin back as it was. Safe to call twice. */
  close(): void;
}

/** A key as Node's readline tells it. */
interface Keypress {
  name?: string;
  sequence?: string;
  ctrl?: boolean;
  meta?: boolean;
}

/** A lone Escape is told from the beginning of a sequence by what does not follow. */
const escapeMs = 50;

/**
 * Listens to a terminal's keys until it is closed, also by the end of the process. `onInterrupt` is called for Ctrl-C,
 * which is a key like any other here.
 */
export function listenForKeys(
  { stdin, ending }: Pick<Context, 'stdin' | 'ending'>,
  onInterrupt: () => void,
): KeyListener {
  const listeners: ((key: Key) => void)[] = [];
  const keypress = (text: string | undefined, pressed: Keypress = {}) => {
    const { name, sequence = '', ctrl, meta } = pressed;
    if (ctrl && name === 'c') return onInterrupt();
    if (ctrl || (meta && name !== 'escape')) return;
    const typed = text !== undefined && /^\P{Cc}$/u.test(text) ? { text } : {};
    for (const listener of listeners) listener({ name: name ?? text ?? sequence, ...typed });
  };
  const wasRaw = stdin.isRaw === true;
  const close = ending.restore(() => {
    stdin.off('keypress', keypress);
    stdin.setRawMode?.(wasRaw);
    stdin.pause();
  });
  emitKeypressEvents(stdin, { escapeCodeTimeout: escapeMs } as never);
  stdin.on('keypress', keypress);
  stdin.setRawMode?.(true);
  stdin.resume();
  return { onKey: (listener) => void listeners.push(listener), close };
}
