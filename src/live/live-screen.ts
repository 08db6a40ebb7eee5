import type { Key } from './keys.ts';
import type { LiveView } from './view.ts';

/** Where a live view is shown, and where its keys come from. */
export interface LiveScreen {
  /** Records that it has room for. */
  rows(): number;
  /** Called some ten times a second. */
  draw(view: LiveView): void;
  onKey(listener: (key: Key) => void): void;
}
