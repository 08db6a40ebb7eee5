/** What a body is, as far as logs know it. */
export interface Content {
  /** Its fingerprint: different bodies have different ones. */
  etag: string;
  bytes: number;
  /** Whose data stand in it; undefined where they are nobody's own. */
  ownerId?: number;
}

/** One kept answer. */
export interface Fill {
  content: Content;
  fromMs: number;
  untilMs: number;
}

/** The store that both instances share. Questions to it may come only in order of time. */
export interface Kept {
  /** The answer that is found under the key at this moment. */
  find(key: string, atMs: number): Fill | undefined;
  keep(key: string, fill: Fill): void;
  /** Throws away what is there; what is under way will be kept. */
  flush(atMs: number): void;
  /** Answers that are there at this moment. */
  count(atMs: number): number;
}

export function createKept(): Kept {
  const fills = new Map<string, Fill[]>();
  const isThere = (fill: Fill, atMs: number) => fill.fromMs <= atMs && atMs < fill.untilMs;
  return {
    // The one that was written last counts.
    find: (key, atMs) =>
      fills
        .get(key)
        ?.filter((fill) => isThere(fill, atMs))
        .reduce<Fill | undefined>(
          (last, fill) => (last === undefined || fill.fromMs >= last.fromMs ? fill : last),
          undefined,
        ),
    keep: (key, fill) => {
      const known = fills.get(key)?.filter(({ untilMs }) => untilMs > fill.fromMs - 60_000) ?? [];
      fills.set(key, [...known, fill]);
    },
    flush: (atMs) => {
      for (const fill of [...fills.values()].flat()) {
        if (isThere(fill, atMs)) fill.untilMs = atMs;
      }
    },
    count: (atMs) =>
      [...fills.values()].filter((each) => each.some((fill) => isThere(fill, atMs))).length,
  };
}
