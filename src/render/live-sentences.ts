import type { LogLevel } from '../kit/index.ts';
import type { PeriodCounts } from '../live/period.ts';
import type { LevelPrice } from '../live/price.ts';
import type { Reader } from '../live/reader.ts';
import type { LiveView } from '../live/view.ts';
import { bytes, count, milliseconds, number } from './format.ts';

/** Levels below one, from the most talkative on. */
export function levelsBelow(level: LogLevel, { made }: PeriodCounts): LogLevel[] {
  const all = Object.keys(made).filter((each) => each !== 'other') as LogLevel[];
  return all.slice(0, all.indexOf(level));
}

/** The key of a level at the source: `3`. */
export function sourceKey(level: LogLevel, counts: PeriodCounts): number {
  return levelsBelow(level, counts).length + 1;
}

/** What is held back at the source, as far as anybody can know. */
export function sourceSentence({ source, counts, earlier, figures }: LiveView): string {
  const { level, changingTo, belowLevel } = source;
  if (changingTo !== undefined) return `Asking the server for the level ${changingTo}.`;
  if (belowLevel > 0) {
    return `The server took the level ${level}, and has made ${count(belowLevel, 'record')} below it since: some logger kept its old level.`;
  }
  const below = levelsBelow(level, counts);
  const [lowest] = below;
  if (lowest === undefined) return 'The source makes every level: it holds nothing back.';
  const were = `The source does not make ${anyOf(below)}, so nobody can count what it holds back.`;
  const before = earlier.find((figure) => below.includes(figure.level));
  if (before === undefined) {
    return `${were} Press ${below.length} to see what it would be.`;
  }
  const now = figures ? `; now it is ${number(figures.linesPerSecond)}` : '';
  return `${were} At ${before.level} it was ${number(before.linesPerSecond)} lines a second${now}.`;
}

/** What the reader holds back, exactly. */
export function readerSentence({ reader, counts }: Pick<LiveView, 'reader' | 'counts'>): string {
  const made = sum(counts.made);
  const held = made - sum(counts.shown);
  const dropped =
    counts.unread === 0
      ? ''
      : ` ${number(counts.unread)} more came too fast to be read: they are in lines/s, and in no level's count.`;
  if (held === 0) {
    const what = isOpen(reader)
      ? 'The reader shows all that is made.'
      : 'The reader has held nothing back.';
    return what + dropped;
  }
  return `The reader holds back ${number(held)} of ${number(made)}: the server made them and paid for them.${dropped}`;
}

/** `warn and above`, with what else is looked for. */
export function readerText(reader: Reader): string {
  return readerParts(reader).join(', ');
}

/** The levels, then what else is looked for. */
export function readerParts({
  level,
  user,
  event,
  request,
}: Reader): readonly [string, ...string[]] {
  const levels =
    level === 'trace' ? 'all levels' : level === 'fatal' ? 'fatal alone' : `${level} and above`;
  return [
    levels,
    ...(request === undefined ? [] : [`request ${request}`]),
    ...(user === undefined ? [] : [`user ${user}`]),
    ...(event === undefined ? [] : [`event ${event}`]),
  ];
}

/** What the source costs now, beside what it cost at the level before. */
export function costSentence(now: LevelPrice | undefined, before?: LevelPrice): string {
  if (now?.linesPerSecond === undefined) return 'Measuring.';
  const { answersPerSecond, linesPerSecond, bytesPerSecond, delayP99Ms } = now;
  const rate = (value: number | undefined) => (value === undefined ? '?' : number(value));
  const volume = bytesPerSecond === undefined ? '' : ` (${bytes(bytesPerSecond)})`;
  const waits =
    delayP99Ms === undefined
      ? ''
      : ` 99 % of small requests wait ${milliseconds(delayP99Ms)} at most.`;
  const then =
    before === undefined
      ? ''
      : ` At ${before.level} it was ${rate(before.answersPerSecond)} answers and ${rate(before.linesPerSecond)} lines.`;
  return `${rate(answersPerSecond)} answers and ${number(linesPerSecond)} lines${volume} a second.${waits}${then}`;
}

function isOpen({ level, user, event, request }: Reader): boolean {
  return level === 'trace' && user === undefined && event === undefined && request === undefined;
}

/** `trace`, `trace or debug`, `trace, debug or info`. */
function anyOf(levels: readonly LogLevel[]): string {
  return levels.join(', ').replace(/, (?=\w+$)/, ' or ');
}

function sum(counts: PeriodCounts['made']): number {
  return Object.values(counts).reduce((total, value) => total + value, 0);
}
