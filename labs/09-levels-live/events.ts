import type { LogLevel, Random } from 'course-labs/kit';

/** Something that happens to an API, and the levels that are right for it. */
export interface LoggedEvent {
  text: string;
  /** The first is the one that the reasons name; where there is another, opinions differ. */
  levels: readonly [LogLevel, ...LogLevel[]];
  /** Why, in a few words. */
  because: string;
}

/**
 * Events of a school's API, by the level that they belong to. What decides is who has to do something, and when: see the
 * lesson's table of levels.
 */
const events: readonly LoggedEvent[] = [
  {
    text: 'a function is entered, with its arguments',
    levels: ['trace'],
    because: 'step by step, for whoever follows the code',
  },
  {
    text: 'each row that a query returned',
    levels: ['trace', 'debug'],
    because: 'more lines than requests, and nobody wants them but the author of the query',
  },
  {
    text: 'the cache was asked for a key: a miss',
    levels: ['debug', 'trace'],
    because: 'it explains one request; how many there were is counted elsewhere',
  },
  {
    text: 'the SQL of a query, with the time that it took',
    levels: ['debug'],
    because: 'for whoever looks for a fault, and for nobody else',
  },
  {
    text: 'the conditions for which a rule let this user pass',
    levels: ['debug'],
    because: 'the reason of a decision, for whoever doubts it',
  },
  {
    text: 'a student signed in',
    levels: ['info'],
    because: 'an ordinary event of the business: the history of the system',
  },
  {
    text: 'a teacher posted a grade',
    levels: ['info'],
    because: 'somebody will ask who did that, and when',
  },
  {
    text: 'the server listens on its port, with its version and its settings',
    levels: ['info'],
    because: 'what runs since when, once for each start',
  },
  {
    text: 'a sign-in was refused: the password is wrong',
    levels: ['warn', 'info'],
    because: 'one is somebody mistyping, many are an attack: worth counting, and nothing failed',
  },
  {
    text: 'the origin failed, and an old answer from the cache was served',
    levels: ['warn'],
    because: 'the user was served, and something is wrong all the same',
  },
  {
    text: 'a call to the mail server was repeated, and the second time it worked',
    levels: ['warn', 'info'],
    because: 'it went well this time; if it becomes usual, it will not',
  },
  {
    text: 'the disk is 85 % full',
    levels: ['warn'],
    because: 'nothing is broken yet, and in some days it will be',
  },
  {
    text: 'the registrar answered 503, and the user got a 502',
    levels: ['error'],
    because: 'a request failed, and it was not the fault of who asked',
  },
  {
    text: 'a TypeError in a handler, and the user got a 500',
    levels: ['error'],
    because: 'a fault in our code: it will happen again',
  },
  {
    text: 'the nightly report could not be written, and is missing',
    levels: ['error'],
    because: 'a job failed as a whole, and somebody must repeat it',
  },
  {
    text: 'a client asked for a subject that does not exist: 404',
    levels: ['info', 'warn', 'debug'],
    because:
      'the server did its work; Fastify logs it at info, Django at warning, and an alarm it is not',
  },
  {
    text: 'the database file is damaged, and the server ends',
    levels: ['fatal'],
    because: 'nobody is served any more until somebody comes',
  },
  {
    text: 'a setting is missing without which the server cannot start',
    levels: ['fatal', 'error'],
    because: 'nothing runs; whether it ever ran makes the difference to some',
  },
  {
    text: 'the memory is used up, and the process ends itself',
    levels: ['fatal'],
    because: 'the last words of a process',
  },
];

/** Ten events of the seed, in an order of the seed: some of each level, and at least two on which opinions differ. */
export function drawEvents(random: Random): LoggedEvent[] {
  const sure = random.shuffle(events.filter(({ levels }) => levels.length === 1));
  const disputed = random.shuffle(events.filter(({ levels }) => levels.length > 1));
  const first = (level: LogLevel) => sure.filter(({ levels }) => levels[0] === level);
  const one = (['debug', 'info', 'warn', 'error', 'fatal'] as const).flatMap((level) =>
    first(level).slice(0, 1),
  );
  const more = sure.filter((event) => !one.includes(event)).slice(0, 2);
  return random.shuffle([...one, ...more, ...disputed.slice(0, 3)]);
}
