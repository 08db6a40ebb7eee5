import { createRandom, type School, type Subject } from '../kit/index.ts';

/** Remembers which subjects a set of servers was asked for. */
export interface SubjectLedger {
  /**
   * Subjects that were not asked for and not given out, in an order of the seed; every other one is awkward while
   * there are awkward ones. Throws where fewer than `count` are left.
   */
  take(count: number): readonly Subject[];
  /** Notes a request: a subject in its path is fresh no more. */
  note(path: string): void;
}

export function createSubjectLedger(school: School): SubjectLedger {
  const random = createRandom(school.seed, 'fresh-subjects');
  const awkwardNames = new Set(school.awkwardSubjects.map(({ name }) => name));
  const order = random.shuffle(school.subjects);
  const pools = {
    plain: order.filter(({ name }) => !awkwardNames.has(name)),
    awkward: order.filter(({ name }) => awkwardNames.has(name)),
  };
  const used = new Set<string>();
  let turn = 0;

  const next = (pool: Subject[]): Subject | undefined => {
    for (let subject = pool.shift(); subject; subject = pool.shift()) {
      if (!used.has(subject.name.toLowerCase())) return subject;
    }
    return undefined;
  };
  const takeOne = (): Subject => {
    const [first, second] =
      turn % 2 === 0 ? [pools.plain, pools.awkward] : [pools.awkward, pools.plain];
    turn += 1;
    const subject = next(first) ?? next(second);
    if (!subject) throw new Error(`freshSubjects: all ${order.length} subjects are used.`);
    used.add(subject.name.toLowerCase());
    return subject;
  };

  return {
    take: (count) => Array.from({ length: count }, takeOne),
    note: (path) => {
      const name = /^\/api\/v1\/subjects\/([^/?]+)/.exec(path)?.[1];
      if (name) used.add(decode(name).toLowerCase());
    },
  };
}

/** A check may send a path that is no good percent-encoding: then it names no subject. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
