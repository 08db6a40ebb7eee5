import type { Option, PosedQuestion, Random, RunRecord, School } from 'course-labs/kit';
import { experimentData, plainSubjects } from 'course-labs/kit';
import { requestCount, type TwoInstances } from './experiments.ts';

export const options = (texts: Readonly<Record<string, string>>): Option[] =>
  Object.entries(texts).map(([id, text]) => ({ id, text }));

/** Q1: what sharing saves, from the run's own calls. */
export function sharingSaves(run: RunRecord, _school: School, random: Random): PosedQuestion {
  const { subjects, sharing } = experimentData<TwoInstances>(run, 'two-instances');
  const { memory, file } = sharing;
  if (!memory || !file) throw new Error(`run ${run.id} lacks a backend`);
  const instances = random.integer(4, 12);
  const each = memory.calls / 2;
  const [alone, shared] = [instances * each, file.calls];
  return {
    text: `In your run ${requestCount} requests for ${subjects} subjects went to **2 instances**: **${memory.calls} calls** reached the origin with the backend memory, **${file.calls}** with a store that both share. Imagine **${instances} instances**, each asked twice for the same ${subjects} subjects. How many calls does the shared store save?`,
    format: { kind: 'number', expected: alone - shared, unit: 'calls', tolerance: { absolute: 0 } },
    why: `With memory each instance pays for its own entries: ${instances} x ${each} = ${alone} calls. A store that all share is filled once: ${shared} calls, however many instances there are. ${alone} - ${shared} = ${alone - shared}.`,
  };
}

/** Q2: who told the old professor. */
export function whoWasStale(run: RunRecord): PosedQuestion {
  const { writer, sharing } = experimentData<TwoInstances>(run, 'two-instances');
  const backends = (['memory', 'file', 'redis'] as const).filter((name) => sharing[name]);
  const items = backends.flatMap((backend) =>
    ['a', 'b'].map((instance) => ({
      id: `${backend[0]}${instance}`,
      text: `instance ${instance} with the backend ${backend}`,
    })),
  );
  const expected = backends.flatMap((backend) =>
    (sharing[backend]?.stale ?? []).map((instance) => `${backend[0]}${instance}`),
  );
  const other = writer === 'a' ? 'b' : 'a';
  return {
    text: `In your run both instances had been asked for a subject. Then a PUT through **instance ${writer}** gave it another professor, and both were asked again. Which of these told the old one?`,
    format: { kind: 'set', items, expected },
    why: `Instance ${writer} deleted what it had kept, in the place where it keeps things. With memory that place is its own, and nobody told instance ${other}. With a shared store there is one entry, and once it is gone, it is gone for both.`,
  };
}

/** Q3: the hit rate after a restart, from a log of the seed. */
export function afterRestart(school: School, random: Random): PosedQuestion {
  const names = random
    .shuffle(plainSubjects(school))
    .slice(0, 4)
    .map(({ name }) => name);
  const count = 2 * random.integer(6, 8);
  const log = Array.from({ length: count }, (_, index) => ({
    atMs: Math.round(((index + random.next()) * 4_900) / count),
    instance: index % 2 === 0 ? 'a' : 'b',
    name: random.pick(names),
  }));
  const ofA = log.filter(({ instance }) => instance === 'a');
  const misses = new Set(ofA.map(({ name }) => name)).size;
  const lines = log.map(
    ({ atMs, instance, name }) => `${(atMs / 1000).toFixed(2)} s   ${instance}   ${name}`,
  );
  const hitRate = 1 - misses / count;
  return {
    text: `Instances a and b keep answers in **memory**, for 60 s. Both have just been asked for all subjects there are; then **a is restarted**, and is back at 0 s. These ${count} requests come in the 5 s after that:\n\n${lines.map((line) => `    ${line}`).join('\n')}\n\nWhat is the hit rate of these 5 s, over both instances, as a number from 0 to 1?`,
    format: { kind: 'number', expected: hitRate, tolerance: { absolute: 0.005 } },
    why: `b has everything. a begins with nothing, and misses each subject when it is asked for it first: ${misses} times in its ${ofA.length} requests. 1 - ${misses} / ${count} = ${hitRate.toFixed(4)}. With Redis it would have been 1, and with more instances restarted at once, as in a deployment, it is worse.`,
  };
}

const situations = {
  dummy:
    'You are changing a page and want to see each change at once; the calls to the cache stay in the code.',
  locmem: 'A test run: one process, nothing to install, and all may be forgotten when it ends.',
  filebased:
    'One machine with four worker processes and a large disk. Nothing can be installed, and entries are to outlive a restart.',
  db: 'Three machines, and the only thing that all of them reach is PostgreSQL. A look into the cache may cost a query.',
  memcached:
    'Ten machines want one fast place for small values, for get and set and nothing more. It may forget all when it is restarted itself.',
  redis:
    'Ten machines want one fast place. It is also to hold counters for rate limits and lists, and may save itself to disk.',
};

/** Q4: Django's backends. */
export function djangoBackends(_school: School, random: Random): PosedQuestion {
  const order = random.shuffle(Object.keys(situations) as (keyof typeof situations)[]);
  return {
    text: 'Six situations, and the six backends that Django brings. Give each situation the one that fits best.',
    format: {
      kind: 'match',
      items: order.map((backend, index) => ({ id: `${index + 1}`, text: situations[backend] })),
      places: options({
        dummy: 'DummyCache',
        locmem: 'LocMemCache',
        filebased: 'FileBasedCache',
        db: 'DatabaseCache',
        memcached: 'PyMemcacheCache',
        redis: 'RedisCache',
      }),
      expected: Object.fromEntries(order.map((backend, index) => [`${index + 1}`, backend])),
      partialCredit: true,
    },
    why: 'DummyCache keeps nothing and LocMemCache only in its process. A folder is shared by the processes of one machine, a database by all who reach it. Memcached and Redis are services for that very purpose: the one does get and set, the other knows more kinds of values and can save them.',
  };
}
