import type { KeptRecord } from './kept-record.ts';

/** The last records of a stream, bounded in number and in characters, however fast they come. */
export interface RecordRing {
  push(record: KeptRecord): void;
  /** Oldest first. */
  all(): readonly KeptRecord[];
  /** The last `count`, oldest first. */
  last(count: number): readonly KeptRecord[];
  /** From the newest to the oldest, the first of which `wanted` holds. */
  findLast(wanted: (record: KeptRecord) => boolean): KeptRecord | undefined;
  size(): number;
  clear(): void;
}

export interface RingBounds {
  records: number;
  /** Of all lines together. The newest record stays, however long it is. */
  characters: number;
}

export function createRecordRing({
  records: mostRecords,
  characters: mostCharacters,
}: RingBounds): RecordRing {
  const slots: (KeptRecord | undefined)[] = new Array(mostRecords).fill(undefined);
  let start = 0;
  let size = 0;
  let characters = 0;

  const at = (index: number) => slots[(start + index) % mostRecords] as KeptRecord;
  const dropOldest = () => {
    characters -= at(0).line.length;
    slots[start] = undefined;
    start = (start + 1) % mostRecords;
    size -= 1;
  };
  const last = (count: number) => {
    const taken = Math.min(count, size);
    return Array.from({ length: taken }, (_, index) => at(size - taken + index));
  };

  return {
    push(record) {
      if (size === mostRecords) dropOldest();
      slots[(start + size) % mostRecords] = record;
      size += 1;
      characters += record.line.length;
      while (characters > mostCharacters && size > 1) dropOldest();
    },
    all: () => last(size),
    last,
    findLast(wanted) {
      for (let index = size - 1; index >= 0; index -= 1) if (wanted(at(index))) return at(index);
      return undefined;
    },
    size: () => size,
    clear() {
      slots.fill(undefined);
      start = 0;
      size = 0;
      characters = 0;
    },
  };
}
