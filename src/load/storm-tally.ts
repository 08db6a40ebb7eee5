import {
  type FirstLeak,
  findMarks,
  type Marks,
  type StormRequest,
  type StormResult,
} from '../kit/index.ts';
import type { StormAnswer } from './storm-client.ts';

/** Counts what was asked and answered, and finds whose texts the answers held. */
export interface StormTally {
  asked(request: StormRequest): void;
  /** In order of arrival. */
  answered(request: StormRequest, answer: StormAnswer): void;
  failed(): void;
  result(): StormResult;
}

interface UserCounts {
  asked: number;
  answered: number;
  own: number;
  others: number;
  victims: Map<string, number>;
}

export function createStormTally(marks: Marks): StormTally {
  // Maps, since a user may be called `__proto__`.
  const users = new Map<string, UserCounts>();
  const statuses = new Map<number, number>();
  let answered = 0;
  let leaked = 0;
  let failed = 0;
  let first: FirstLeak | undefined;

  const userOf = (who: string): UserCounts => {
    const known = users.get(who);
    const user = known ?? { asked: 0, answered: 0, own: 0, others: 0, victims: new Map() };
    if (known === undefined) users.set(who, user);
    return user;
  };

  return {
    asked: ({ who }) => {
      userOf(who).asked += 1;
    },
    answered: (request, answer) => {
      const { who, ...asked } = request;
      const user = userOf(who);
      answered += 1;
      user.answered += 1;
      count(statuses, answer.status);
      const found = marksIn(answer, marks);
      const others = found.filter(({ owner }) => owner !== who);
      const [leak] = others;
      if (leak === undefined) {
        if (found.length > 0) user.own += 1;
        return;
      }
      leaked += 1;
      user.others += 1;
      for (const victim of new Set(others.map(({ owner }) => owner))) count(user.victims, victim);
      const { owner: victim, mark, where } = leak;
      first ??= { sequence: answered, who, victim, mark, where, request: asked };
    },
    failed: () => {
      failed += 1;
    },
    result: () => ({
      answered,
      leaked,
      statuses: Object.fromEntries(statuses),
      failed,
      users: Object.fromEntries(
        [...users].map(([who, user]) => [
          who,
          { ...user, victims: Object.fromEntries(user.victims) },
        ]),
      ),
      first,
    }),
  };
}

/** In the body first: there a leak is seen best. */
function marksIn({ headers, body }: StormAnswer, marks: Marks) {
  return [['body', body] as const, ...headers].flatMap(([where, text]) =>
    findMarks(text, marks).map(({ owner, mark }) => ({ owner, mark, where })),
  );
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
