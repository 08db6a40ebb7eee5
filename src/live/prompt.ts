import type { Asked, Key } from './keys.ts';

/** A line that is being typed at the foot of the screen. */
export interface Prompt {
  what: Asked;
  typed: string;
  /** Taken where Enter comes with nothing typed; without it, nothing typed means all. */
  suggestion?: string;
}

/** What a key made of it: typed on, given up, or answered. */
export type Typed =
  | { kind: 'typing'; prompt: Prompt }
  | { kind: 'given-up' }
  | { kind: 'answered'; text: string };

/** Longer than any request id or name. */
const longest = 100;

export function typeKey(prompt: Prompt, { name, text }: Key): Typed {
  const { typed } = prompt;
  if (name === 'escape') return { kind: 'given-up' };
  if (name === 'return' || name === 'enter') {
    return { kind: 'answered', text: typed.trim() || (prompt.suggestion ?? '') };
  }
  if (name === 'backspace') return typing(prompt, typed.slice(0, -1));
  return typing(prompt, (typed + (text ?? '')).slice(0, longest));
}

function typing(prompt: Prompt, typed: string): Typed {
  return { kind: 'typing', prompt: { ...prompt, typed } };
}
