/** What a question to the origin comes to. */
export interface OriginCall {
  /** When it arrived, and when it was answered or given up; in milliseconds. */
  atMs: number;
  endMs: number;
  isTimedOut: boolean;
  /** What the question itself took, without the waiting; 0 where it was never put. */
  workMs: number;
}

/** The database, with few connections: who finds them all taken waits in line. */
export interface IncidentOrigin {
  /** `workMs` is what the question takes on a quiet day. Calls must come in order of time. */
  call(atMs: number, workMs: number): OriginCall;
}

const connections = 4;
/** Who has waited so long for a connection gives up. */
export const patienceMs = 6_000;

export function createOrigin(): IncidentOrigin {
  const freeAtMs = Array.from({ length: connections }, () => Number.NEGATIVE_INFINITY);
  return {
    call: (atMs, workMs) => {
      const next = freeAtMs.indexOf(Math.min(...freeAtMs));
      const startMs = Math.max(atMs, freeAtMs[next] as number);
      if (startMs - atMs > patienceMs) {
        return { atMs, endMs: atMs + patienceMs, isTimedOut: true, workMs: 0 };
      }
      const busy = freeAtMs.filter((each) => each > startMs).length;
      const endMs = startMs + workMs * (1 + 0.25 * busy);
      freeAtMs[next] = endMs;
      return { atMs, endMs, isTimedOut: false, workMs: Math.round(endMs - startMs) };
    },
  };
}
