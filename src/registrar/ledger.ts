import type { CallFilter, OriginCall } from '../kit/index.ts';
import { matches } from './matches.ts';
import { tokenRoutes } from './target.ts';

/** Every call since the last reset. */
export interface Ledger {
  /** Takes a call down as it arrives; its later fields are filled in while it is worked on. */
  open(call: Omit<OriginCall, 'sequence' | 'answeredAtMs' | 'status'>): OriginCall;
  /** Of data; of tokens only where the filter names a route of theirs. In order of arrival. */
  find(filter: CallFilter): OriginCall[];
  /** Look-ups of tokens, in order of arrival. */
  tokenLookUps(): OriginCall[];
  reset(): void;
}

/** Some 200 MB of calls; a benchmark that resets between its rounds makes a tenth of them. */
const mostCalls = 500_000;

export function createLedger(): Ledger {
  let calls: OriginCall[] = [];
  let sequence = 0;

  const kept = (): readonly OriginCall[] => {
    if (sequence > calls.length) {
      throw new Error(
        `more than ${mostCalls} calls came since the last reset: they are not all known`,
      );
    }
    return calls;
  };

  return {
    open(arrived) {
      sequence += 1;
      const call = { sequence, ...arrived, answeredAtMs: undefined, status: undefined };
      if (calls.length < mostCalls) calls.push(call);
      return call;
    },
    find: (filter) =>
      kept().filter((call) => {
        const ofToken = tokenRoutes.has(call.route);
        return matches(filter, call) && (!ofToken || filter.route === call.route);
      }),
    tokenLookUps: () => kept().filter(({ route }) => route === 'token'),
    reset() {
      calls = [];
      sequence = 0;
    },
  };
}
