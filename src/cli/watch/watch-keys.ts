import type { Key } from '../../live/keys.ts';

/** What a key press asks of a watch. */
export type WatchWish =
  | 'hint'
  | 'in-full'
  | 'again'
  /** To be asked whether the starter is to be put back. */
  | 'ask'
  /** The answers to that. */
  | 'reset'
  | 'keep'
  | 'quit';

const wishes: Readonly<Record<string, WatchWish>> = {
  h: 'hint',
  f: 'in-full',
  r: 'ask',
  g: 'again',
  return: 'again',
  enter: 'again',
  q: 'quit',
};

/** Undefined for a key that does nothing. While it is `asking`, whatever is not y means no. */
export function watchWishOf({ name, text }: Key, asking: boolean): WatchWish | undefined {
  const pressed = (text ?? name).toLowerCase();
  if (asking) return pressed === 'y' ? 'reset' : 'keep';
  return Object.hasOwn(wishes, pressed) ? wishes[pressed] : undefined;
}
