import { createRandom, type Random } from 'course-labs/kit';

/** One request of the access log that two questions are about. */
export interface LoggedRequest {
  /** Seconds since the log began, in tenths. */
  atSeconds: number;
  /** The value of Accept-Language; empty where it was not sent. */
  language: '' | 'de' | 'en';
  /** As it came, without `/api/v1`. */
  address: string;
  /** What it asks for: equal where the answer must be the same. */
  meaning: string;
}

/** Requests of a log; 25, so that each is worth 4 % of a hit rate. */
export const logLength = 25;

/** The TTLs, in seconds, that the log is replayed with. */
export const logTtls = [1, 5, 30] as const;

/** No TTL ends this close to a request, in seconds: nobody has to ask which came first. */
const clearance = 0.2;

/** How long after a request the same thing is asked again, in tenths of a second, from and to. */
const pauses = [
  [2, 7],
  [13, 38],
  [13, 38],
  [65, 240],
  [65, 240],
  [330, 400],
] as const;

/** What a cache of endless memory would do with the log. */
export interface Replay {
  ttlSeconds: number;
  keyOf(request: LoggedRequest): string;
  /** A hit prolongs the life of its entry; default false. */
  sliding?: boolean;
}

/**
 * The log of a seed, always the same. Drawn again until it teaches something: neither key nor TTL gives a figure that
 * another one gives as well.
 */
export function accessLog(seed: number): readonly LoggedRequest[] {
  const random = createRandom(seed, 'access log');
  for (let attempt = 0; attempt < 10_000; attempt += 1) {
    const log = drawLog(random);
    if (teaches(log)) return log;
  }
  throw new Error(`no access log for the seed ${seed}`);
}

/** How many of the requests are hits. A fill takes no time. */
export function countHits(log: readonly LoggedRequest[], replay: Replay): number {
  return ages(log, replay).filter((age) => age < replay.ttlSeconds).length;
}

/** How many entries a cache makes that never forgets one. */
export function countEntries(
  log: readonly LoggedRequest[],
  keyOf: (request: LoggedRequest) => string,
): number {
  return new Set(log.map(keyOf)).size;
}

/** Of each request the age, in seconds, of the entry that it finds; Infinity where there never was one. */
function ages(log: readonly LoggedRequest[], { ttlSeconds, keyOf, sliding }: Replay): number[] {
  const since = new Map<string, number>();
  return log.map((request) => {
    const key = keyOf(request);
    const age = request.atSeconds - (since.get(key) ?? Number.NEGATIVE_INFINITY);
    if (sliding || age >= ttlSeconds) since.set(key, request.atSeconds);
    return age;
  });
}

function teaches(log: readonly LoggedRequest[]): boolean {
  const byMeaning = ({ meaning }: LoggedRequest) => meaning;
  const byAddress = ({ address }: LoggedRequest) => address;
  const hits = logTtls.map((ttlSeconds) => countHits(log, { ttlSeconds, keyOf: byMeaning }));
  const [short = 0, middle = 0, long = 0] = hits;
  const sliding = { ttlSeconds: 5, keyOf: byMeaning, sliding: true };
  const isClear = logTtls.every((ttlSeconds) =>
    ages(log, { ttlSeconds, keyOf: byMeaning }).every(
      (age) => Math.abs(age - ttlSeconds) > clearance,
    ),
  );
  const addresses = countEntries(log, byAddress);
  // Somewhere one address was asked for in both languages, and a key without the language mixes them up.
  const mixed = countEntries(log, ({ address, meaning }) => `${address} ${meaning}`) > addresses;
  return (
    isClear &&
    mixed &&
    short >= 2 &&
    middle >= short + 4 &&
    long >= middle + 3 &&
    countHits(log, sliding) !== middle &&
    addresses >= 14 &&
    new Set(log.map(({ atSeconds }) => atSeconds)).size === log.length
  );
}

function drawLog(random: Random): LoggedRequest[] {
  const requests = drawQuestions(random).flatMap((asked) => {
    let tenths = random.integer(0, 300);
    return Array.from({ length: random.integer(2, 5) }, () => {
      const request = spell(asked, tenths / 10, random);
      const [from, to] = random.pick(pauses);
      tenths += random.integer(from, to);
      return request;
    });
  });
  return requests.length === logLength
    ? requests.sort((one, other) => one.atSeconds - other.atSeconds)
    : drawLog(random);
}

/** Six to eight different things to ask for; one subject in both languages is always among them. */
function drawQuestions(random: Random): Asked[] {
  const [first = '', second = ''] = random.shuffle(['Python', 'Java', 'C#']);
  const others: Asked[] = [
    { name: second, language: 'en' },
    { search: '', page: 1, language: 'en' },
    { search: '', page: 1, language: 'de' },
    { search: '', page: 2, language: 'en' },
    { search: 'a', page: 1, language: 'en' },
    { search: 'a', page: 2, language: 'en' },
    { search: 'A', page: 1, language: 'en' },
  ];
  return [
    { name: first, language: 'en' },
    { name: first, language: 'de' },
    ...random.shuffle(others).slice(0, random.integer(4, 6)),
  ];
}

type Asked = { language: 'de' | 'en' } & ({ name: string } | { search: string; page: number });

/** One of the ways to ask. */
function spell(asked: Asked, atSeconds: number, random: Random): LoggedRequest {
  const language = asked.language === 'de' ? 'de' : random.pick(['', 'en'] as const);
  const noise = random.pick(['', '', 'ref=mail', 'ref=app']);
  const written = (path: string, parameters: string[]) => {
    const query = random.shuffle(parameters.filter(Boolean)).join('&');
    return query === '' ? path : `${path}?${query}`;
  };
  if ('name' in asked) {
    const { name } = asked;
    const spelled = random.pick([name, name, name.toLowerCase(), name.toUpperCase()]);
    const address = written(`/subjects/${encodeURIComponent(spelled)}/`, [noise]);
    return { atSeconds, language, address, meaning: `${name} in ${asked.language}` };
  }
  const { search, page } = asked;
  const parameters = [
    search === '' ? random.pick(['', '', 'search=']) : `search=${search}`,
    page === 1 ? random.pick(['', 'page=', 'page=1']) : `page=${page}`,
    noise,
  ];
  const address = written('/subjects/', parameters);
  const list = search === '' ? 'all subjects' : `search ${search}`;
  return { atSeconds, language, address, meaning: `${list}, page ${page} in ${asked.language}` };
}
