import type { LogLevel } from '../kit/index.ts';
import type { LevelFigures } from './level-figures.ts';
import type { PaneView } from './pane.ts';
import type { PeriodCounts } from './period.ts';
import type { Prompt } from './prompt.ts';
import type { Reader } from './reader.ts';

/** All that the screen shows of a live stream: plain data. */
export interface LiveView {
  source: SourceView;
  reader: Reader;
  /** Records are shown as they were written. */
  raw: boolean;
  help: boolean;
  pane: PaneView;
  prompt: Prompt | undefined;
  /** Something to be said once, in a sentence. */
  notice: string | undefined;
  /** Since the level at the source, or what the reader shows, was changed. */
  counts: PeriodCounts;
  /** Of the level at the source; undefined in its first second. */
  figures: LevelFigures | undefined;
  /** Of other levels, the one left last first. */
  earlier: readonly LevelFigures[];
  /** Why no traffic is sent, in a sentence; undefined while it is. */
  stopped: string | undefined;
  /** Records that are kept, to be searched. */
  kept: number;
}

/** The level at the source. */
export interface SourceView {
  /** As the server was started with it, or took it last. */
  level: LogLevel;
  /** Asked for, and not answered yet. */
  changingTo: LogLevel | undefined;
  /** Records below its level that it made although it had taken the level a second before. */
  belowLevel: number;
}
