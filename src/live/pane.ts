import { type KeptRecord, withOwnLine } from './kept-record.ts';
import { reaches } from './level-counts.ts';
import { type Reader, shows } from './reader.ts';
import { createRecordRing } from './record-ring.ts';

/** What the stream's part of the screen holds. Records are oldest first. */
export type PaneView =
  | { kind: 'live'; records: readonly KeptRecord[] }
  /** `newer`: records that would have been shown since. `below`: records of the frozen ones that are under the last row. */
  | { kind: 'paused'; records: readonly KeptRecord[]; newer: number; below: number }
  | {
      kind: 'story';
      request: string;
      /** Request ids that hold what was typed; the story is that of the newest. */
      matches: number;
      /** Of the story, in all. */
      total: number;
      records: readonly KeptRecord[];
      below: number;
    };

/** Keeps the stream, and picks what the screen shows of it. */
export interface Pane {
  push(record: KeptRecord, shown: boolean): void;
  /** From time to time: keeps what is shown for long from holding on to more than itself. */
  settle(): void;
  /** The reader lets other records through: those that are kept are looked through again. */
  refill(reader: Reader): void;
  togglePause(): void;
  /** The story of the newest request whose id is, or holds, the text. False where none is kept. */
  tell(text: string): boolean;
  /** To older records, where the number is positive; a live stream is paused by it. */
  scroll(by: number): void;
  /** Back to the live stream; false where it is shown already. */
  back(): boolean;
  /** A request whose story may be wanted: of the newest record at warn or above that is shown, else of the newest. */
  suggestion(): string | undefined;
  view(rows: number): PaneView;
  kept(): number;
}

/** Some tens of megabytes at most. */
const bounds = { records: 20_000, characters: 16_000_000 };
const shownBounds = { records: 500, characters: 4_000_000 };

type Frozen =
  | { kind: 'paused'; records: readonly KeptRecord[]; newer: number }
  | { kind: 'story'; request: string; matches: number; records: KeptRecord[] };

export function createPane(): Pane {
  const kept = createRecordRing(bounds);
  const shown = createRecordRing(shownBounds);
  /** The newest that has a line of its own. */
  let settled = 0;
  let frozen: Frozen | undefined;
  /** Records that are under the last row. */
  let below = 0;

  const settle = () => {
    const all = shown.all();
    if (all.length === 0 || (all.at(-1)?.sequence ?? 0) <= settled) return;
    shown.clear();
    for (const record of all) {
      shown.push(record.sequence > settled ? withOwnLine(record) : record);
    }
    settled = all.at(-1)?.sequence ?? settled;
  };
  const freeze = () => {
    settle();
    frozen = { kind: 'paused', records: shown.all(), newer: 0 };
    below = 0;
  };

  return {
    push(record, isShown) {
      kept.push(record);
      if (isShown) shown.push(record);
      if (frozen?.kind === 'paused' && isShown) frozen.newer += 1;
      if (frozen?.kind === 'story' && frozen.request === record.reqId) {
        if (frozen.records.length < shownBounds.records) frozen.records.push(withOwnLine(record));
      }
    },
    settle,
    refill(reader) {
      shown.clear();
      settled = 0;
      for (const record of kept.all()) if (shows(reader, record)) shown.push(record);
      if (frozen?.kind === 'paused') freeze();
    },
    togglePause() {
      if (frozen === undefined) freeze();
      else if (frozen.kind === 'paused') frozen = undefined;
    },
    tell(text) {
      const newest =
        kept.findLast(({ reqId }) => reqId === text) ??
        kept.findLast(({ reqId }) => reqId?.includes(text) === true);
      const request = newest?.reqId;
      if (request === undefined) return false;
      const all = kept.all();
      const ids = all.flatMap(({ reqId }) => (reqId?.includes(text) ? [reqId] : []));
      const own = all.filter(({ reqId }) => reqId === request).slice(-shownBounds.records);
      const matches = text === request ? 1 : new Set(ids).size;
      frozen = { kind: 'story', request, matches, records: own.map(withOwnLine) };
      below = 0;
      return true;
    },
    scroll(by) {
      if (frozen === undefined) freeze();
      const most = Math.max(0, (frozen?.records.length ?? 0) - 1);
      below = Math.min(most, Math.max(0, below + by));
    },
    back() {
      const wasFrozen = frozen !== undefined;
      frozen = undefined;
      below = 0;
      return wasFrozen;
    },
    suggestion() {
      const seen = frozen?.records.slice(0, frozen.records.length - below) ?? shown.all();
      const asked = seen.filter(({ reqId }) => reqId !== undefined);
      const troubled = asked.findLast(({ level }) => level !== undefined && reaches(level, 'warn'));
      return (troubled ?? asked.at(-1))?.reqId;
    },
    view(rows) {
      if (frozen === undefined) return { kind: 'live', records: shown.last(rows) };
      const { records, ...rest } = frozen;
      const window = { records: windowOf(records, rows), below };
      if (rest.kind === 'paused') return { ...rest, ...window };
      return { ...rest, ...window, total: records.length };
    },
    kept: kept.size,
  };

  function windowOf(records: readonly KeptRecord[], rows: number): readonly KeptRecord[] {
    // The oldest ones stay where they are: scrolling ends with a full screen.
    below = Math.min(below, Math.max(0, records.length - rows));
    return records.slice(Math.max(0, records.length - below - rows), records.length - below);
  }
}
