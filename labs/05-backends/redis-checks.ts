import type { Check } from 'course-labs/kit';
import { demand, judgePromptly, shortText } from 'course-labs/kit';
import { countWarnings, loseRedis } from './faults.ts';
import { askAll, changeProfessor, requestFor, warmUp } from './observe.ts';
import { check, first } from './requirement.ts';
import { entriesAfterUse, expires, freshSubject, keepsAnswers, seesPut } from './suite.ts';

const forbidden = ['FLUSHALL', 'FLUSHDB', 'KEYS'];

/** What is asked of the Redis backend; judged where there is a Redis. */
export const redisChecks: readonly Check[] = [
  check({
    id: first.redis,
    title: 'Redis: what was asked for is answered without the origin',
    points: 5,
    on: 'redis',
    ...keepsAnswers,
    judge: async (probe, context) => {
      await judgePromptly(probe, () => keepsAnswers.judge(probe, context));
      const asked = probe.redis.commands().length > 0 ? 'some' : 'none';
      const help = 'Nothing leaves the process. Look at what CACHE_BACKEND and REDIS_URL decide.';
      demand('commands that Redis got', 'some', asked, { ...context, help });
    },
  }),
  check({
    id: 'redis-expires',
    title: 'Redis: an entry is used for CACHE_TTL_S seconds, and no longer',
    points: 3,
    on: 'redis',
    shortTtl: true,
    ...expires,
  }),
  check({
    id: 'b-hits-what-a-filled',
    title: 'Redis: instance b is answered from what instance a has kept',
    points: 5,
    on: 'redis',
    asked: 'two subjects of instance a, and then the same of instance b',
    rationale: 'With ten instances that do not share, each entry is paid for ten times.',
    help: 'Look where b looks, and under which key. What differs between the two?',
    judge: async (probe, context) => {
      const b = await probe.launch({ instance: 'b' });
      await warmUp(probe, b);
      await judgePromptly(probe, async () => {
        const subjects = probe.freshSubjects(2);
        await askAll(probe, probe.server, subjects, context);
        const { calls } = await askAll(probe, b, subjects, context);
        demand('calls to the origin by b', 0, calls, context);
      });
    },
  }),
  check({
    id: 'put-on-a-is-seen-on-b',
    title: 'Redis: a PUT through instance a is seen by instance b at once',
    points: 5,
    on: 'redis',
    asked: 'one subject of both instances, a PUT through a, and the subject of b again',
    rationale: 'Two clients, or one behind a load balancer, see old and new by turns.',
    help: 'Something that b keeps for itself does not hear of the PUT.',
    judge: async (probe, context) => {
      const b = await probe.launch({ instance: 'b' });
      await warmUp(probe, b);
      await judgePromptly(probe, () => seesPut(probe, context, b));
    },
  }),
  check({
    id: 'keys-share-a-prefix',
    title: 'Redis: every key begins with one text that ends in a delimiter',
    points: 3,
    on: 'redis',
    asked: 'two subjects, and then Redis for all its keys',
    rationale:
      'A Redis is shared: without a prefix two programs overwrite each other, and nobody can tell whose a key is.',
    help: 'The routes name their keys by what they hold. Whose they are, only the adapter can add.',
    judge: async (probe, context) => {
      const keys = (await entriesAfterUse(probe, context)).map(({ key }) => key);
      const common = commonStart(keys);
      const found = /[\p{L}\p{N}].*[^\p{L}\p{N}]/u.test(common)
        ? 'one, with a delimiter'
        : `"${common}"`;
      const what = `beginning of ${keys.slice(0, 3).join(', ')}`;
      demand(what, 'one, with a delimiter', found, context);
    },
  }),
  check({
    id: 'keys-have-a-ttl',
    title: 'Redis: every key has a TTL',
    points: 4,
    on: 'redis',
    asked: 'two subjects and a PUT, and then Redis for the TTL of each key',
    rationale:
      'A key without an end stays until Redis is full. Then it refuses to write, or throws away what others need.',
    help: 'SET takes the TTL with the value (EX, PX). What other commands make has none until it gets one.',
    judge: async (probe, context) => {
      const entries = await entriesAfterUse(probe, context);
      const without = entries.find(({ ttlSeconds }) => ttlSeconds === undefined);
      const told = without ? `none for ${shortText(without.key, 60)}` : 'one for each key';
      demand('TTL', 'one for each key', told, context);
    },
  }),
  check({
    id: 'values-are-json',
    title: 'Redis: values are JSON or numbers',
    points: 2,
    on: 'redis',
    asked: 'two subjects, one that does not exist, a PUT, and then Redis for its values',
    rationale:
      'Another version, or another program, has to read it. What is no JSON is read as something else, or not at all.',
    help: 'Some value was never turned into JSON, or there was no value at all.',
    judge: async (probe, context) => {
      for (const { key, type, value } of await entriesAfterUse(probe, context)) {
        if (type !== 'string' || typeof value !== 'string') continue;
        const told = isJson(value) ? 'JSON' : `"${shortText(value, 40)}"`;
        demand(`value of ${shortText(key, 60)}`, 'JSON', told, context);
      }
    },
  }),
  check({
    id: 'never-flushes',
    title: 'Redis: FLUSHDB, FLUSHALL and KEYS are never sent',
    points: 3,
    on: 'redis',
    asked: 'one subject, a PUT, and the subject again',
    rationale:
      'FLUSHDB deletes what is not yours, too. KEYS looks at every key there is, and Redis does nothing else meanwhile.',
    help: 'A PUT makes few keys stale, and the routes name them.',
    judge: async (probe, context) => {
      const { server, redis } = probe;
      const subject = freshSubject(probe);
      const get = () => server.request(requestFor(subject, 'stats'));
      await get();
      await changeProfessor(probe, server, subject, context);
      await get();
      const sent = redis.commands().find(({ name }) => forbidden.includes(name));
      const told = sent ? shortText([sent.name, ...sent.args].join(' '), 60) : 'none';
      demand('commands that strike others', 'none', told, context);
    },
  }),
  check({
    id: 'survives-a-dead-redis',
    title: 'Redis is killed: the origin answers until it is back',
    points: 5,
    on: 'redis',
    asked: 'two subjects while Redis was dead, one of them under way when it died, and a PUT',
    rationale:
      'The origin was well all the time. A cache that is away must cost speed, and nothing else.',
    help: 'Look at each of get, set and delete: what becomes of a command when there is no connection?',
    judge: (probe, context) => loseRedis(probe, 'kill', context),
  }),
  check({
    id: 'survives-a-frozen-redis',
    title: 'Redis is frozen: the origin answers until it is back',
    points: 5,
    on: 'redis',
    asked: 'two subjects while Redis took commands and did not reply, and a PUT',
    rationale:
      'A silent Redis is worse than a dead one: without a limit of your own you wait for ever, and so do all your clients.',
    help: 'The connection is open and no error comes. Who ends the waiting?',
    judge: (probe, context) => loseRedis(probe, 'freeze', context),
  }),
  check({
    id: 'few-warnings',
    title: 'Redis is killed: there is at most one warning a second',
    points: 3,
    on: 'redis',
    asked: 'four subjects, again and again, while Redis was dead',
    rationale:
      'One outage, a million lines: the disk fills up, and what else went wrong cannot be found in it.',
    help: 'One piece of news is that Redis is away. Each request tells it again.',
    judge: countWarnings,
  }),
  check({
    // The last of its group: it ends the group's server.
    id: 'restart-keeps-hits',
    title: 'Redis: what an instance has kept outlives its restart',
    points: 3,
    on: 'redis',
    asked: 'one subject, a restart of the server, and the subject again',
    rationale: 'A deployment restarts all instances: each time the origin meets the full load.',
    help: 'Something is thrown away when the server starts or ends, or its keys are new each time.',
    judge: async (probe, context) => {
      let { server } = probe;
      await judgePromptly(probe, async () => {
        const subjects = [freshSubject(probe)];
        await askAll(probe, server, subjects, context);
        await server.stop();
        server = await probe.launch();
        await warmUp(probe, server);
        const { calls } = await askAll(probe, server, subjects, context);
        demand('calls to the origin after the restart', 0, calls, context);
      });
    },
  }),
];

function commonStart([first = '', ...others]: readonly string[]): string {
  let length = first.length;
  while (!others.every((other) => other.startsWith(first.slice(0, length)))) length -= 1;
  return first.slice(0, length);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
