import type { LogLevel } from '../kit/index.ts';
import type { Pulse, TrafficCount } from '../load/traffic-job.ts';
import type { WatchedRecord } from '../probe/log-line.ts';
import { keptRecord } from './kept-record.ts';
import { type Action, actionOf, type Key } from './keys.ts';
import { reaches } from './level-counts.ts';
import { createLevelMeasures, type LevelFigures } from './level-figures.ts';
import { createPane } from './pane.ts';
import { createPeriod, type PeriodCounts } from './period.ts';
import { type Prompt, typeKey } from './prompt.ts';
import { type Reader, shows } from './reader.ts';
import type { LiveView } from './view.ts';

/** What a key asks of the world outside. */
export type Wish = { kind: 'source'; level: LogLevel } | { kind: 'quit' };

/** The state of a live view. It knows no clock and no process: records, ticks and keys make it what it is. */
export interface LiveModel {
  record(record: WatchedRecord): void;
  /** Lines that came too fast to be read. */
  unread(lines: number): void;
  /** Time has gone by, in which so many bytes were written. */
  tick(elapsedMs: number, bytes: number): void;
  traffic(count: TrafficCount): void;
  pulse(pulse: Pulse): void;
  /** A new level was asked for. */
  changing(level: LogLevel): void;
  /** The source has taken the level: what was made before it was counted already. */
  changed(level: LogLevel): void;
  /** The source has not taken the level, for the reason in the sentence. */
  refused(sentence: string): void;
  /** No traffic is sent, for the reason in the sentence; undefined once it is sent again. */
  stopped(sentence: string | undefined): void;
  press(key: Key): Wish | undefined;
  /** `rows`: how many records the screen has room for. */
  view(rows: number): LiveView;
  /** Since the level at the source, or what the reader shows, was changed. */
  counts(): PeriodCounts;
  figures(): LevelFigures | undefined;
}

export interface LiveModelOptions {
  /** The level that the source was started with. */
  level: LogLevel;
  reader: Reader;
  raw?: boolean;
  /** The id of a user who goes by this name in the school. */
  userIdOf?(name: string): string | undefined;
}

const noticeMs = 6000;
/** Requests that were under way when the level changed may end with the old one. */
const settlingMs = 1000;

export function createLiveModel(options: LiveModelOptions): LiveModel {
  const { userIdOf = () => undefined } = options;
  const pane = createPane();
  const period = createPeriod();
  const measures = createLevelMeasures(options.level);
  let { level, reader } = options;
  let raw = options.raw ?? false;
  let help = false;
  let changingTo: LogLevel | undefined;
  let prompt: Prompt | undefined;
  let notice: { text: string; leftMs: number } | undefined;
  let stoppedBecause: string | undefined;
  let sequence = 0;
  let belowLevel = 0;
  let atLevelMs = 0;
  let page = 10;

  const say = (text: string) => {
    notice = { text, leftMs: noticeMs };
  };
  const read = (change: Partial<Reader>) => {
    reader = { ...reader, ...change };
    pane.refill(reader);
    period.begin();
  };
  const without = (...fields: readonly ('user' | 'event' | 'request')[]) => {
    const rest = { ...reader };
    for (const field of fields) delete rest[field];
    reader = rest;
    read({});
  };
  const answer = (what: Prompt['what'], text: string) => {
    if (what === 'request') {
      if (text === '') pane.back();
      else if (!pane.tell(text))
        say(`No record that is kept has a request id with "${text}" in it.`);
    } else if (text === '') without(what);
    else read(what === 'user' ? { user: userIdOf(text) ?? text } : { event: text });
  };
  const act = (action: Action): Wish | undefined => {
    switch (action.kind) {
      case 'quit':
        return { kind: 'quit' };
      case 'source':
        return { kind: 'source', level: action.level };
      case 'reader':
        if (action.level !== reader.level) read({ level: action.level });
        break;
      case 'ask': {
        const suggestion = action.what === 'request' ? pane.suggestion() : undefined;
        prompt = { what: action.what, typed: '', ...(suggestion !== undefined && { suggestion }) };
        break;
      }
      case 'pause':
        pane.togglePause();
        break;
      case 'raw':
        raw = !raw;
        break;
      case 'help':
        help = true;
        break;
      case 'back':
        if (pane.back()) break;
        if ((reader.user ?? reader.event ?? reader.request) !== undefined) {
          without('user', 'event', 'request');
        }
        break;
      case 'scroll':
        pane.scroll(
          typeof action.by === 'number' ? action.by : action.by === 'page' ? page : -page,
        );
        break;
    }
    return undefined;
  };

  return {
    record(watched) {
      sequence += 1;
      const record = keptRecord(watched, sequence);
      const isShown = shows(reader, record);
      period.line(record.level ?? 'other', isShown);
      measures.line(record.level ?? 'other');
      pane.push(record, isShown);
      const isBelow = record.level !== undefined && !reaches(record.level, level);
      if (isBelow && atLevelMs >= settlingMs) belowLevel += 1;
    },
    unread(lines) {
      period.unread(lines);
      measures.unread(lines);
    },
    tick(elapsedMs, bytes) {
      period.tick(elapsedMs, bytes);
      if (stoppedBecause === undefined) measures.tick(elapsedMs, bytes);
      pane.settle();
      atLevelMs += elapsedMs;
      if (notice === undefined) return;
      notice.leftMs -= elapsedMs;
      if (notice.leftMs <= 0) notice = undefined;
    },
    traffic(count) {
      period.traffic(count);
      measures.traffic(count);
    },
    pulse: measures.pulse,
    changing(next) {
      changingTo = next;
    },
    changed(next) {
      changingTo = undefined;
      level = next;
      belowLevel = 0;
      atLevelMs = 0;
      measures.changed(next);
      period.begin();
    },
    refused(sentence) {
      changingTo = undefined;
      say(sentence);
    },
    stopped(sentence) {
      if (sentence === undefined && stoppedBecause !== undefined) measures.interrupted();
      stoppedBecause = sentence;
    },
    press(key) {
      if (prompt !== undefined) {
        const typed = typeKey(prompt, key);
        if (typed.kind === 'answered') answer(prompt.what, typed.text);
        prompt = typed.kind === 'typing' ? typed.prompt : undefined;
        return undefined;
      }
      const action = actionOf(key);
      if (help) {
        help = false;
        if (action?.kind !== 'quit') return undefined;
      }
      return action && act(action);
    },
    view(rows) {
      page = Math.max(1, rows - 1);
      return {
        source: { level, changingTo, belowLevel },
        reader,
        raw,
        help,
        pane: pane.view(rows),
        prompt,
        notice: notice?.text,
        counts: period.counts(),
        figures: measures.current(),
        earlier: measures.earlier(),
        stopped: stoppedBecause,
        kept: pane.kept(),
      };
    },
    counts: period.counts,
    figures: measures.current,
  };
}
