import type { ObjectiveId, Question, RunRecord, School } from 'course-labs/kit';
import { experimentData, plainSubjects } from 'course-labs/kit';
import type { Staleness } from './experiments.ts';
import type { Interleavings } from './interleavings.ts';

const ms = (value: number) => `${value.toLocaleString('en')} ms`;
const perPage = 12;

function question(id: string, title: string, points: number, objectives: ObjectiveId[]) {
  return { kind: 'question', id, title, points, objectives } as const;
}

/** What a PUT may change, and whether statistics tell of it. */
const changes = [
  { field: 'professor', value: '"Prof. Newcomer"', inStatistics: true },
  { field: 'room', value: '"B 2.10"', inStatistics: false },
  { field: 'credits', value: '6', inStatistics: false },
] as const;

/** Keys of a cache, each with whether a PUT to the subject makes its entry old; and the subject's page of the list. */
function keysAround(school: School, name: string, inStatistics: boolean) {
  const others = plainSubjects(school)
    .map((subject) => subject.name)
    .filter((other) => other !== name);
  const longer = others.find((other) => other.startsWith(name)) ?? others.at(-1) ?? '';
  const [other = ''] = others.filter((each) => each !== longer);
  const path = (of: string) => `/subjects/${encodeURIComponent(of.toLowerCase())}/`;
  const place = school.subjects.findIndex((subject) => subject.name === name);
  const page = Math.floor(place / perPage) + 1;
  const entries = [
    { key: `${path(name)}?lang=en`, old: true },
    { key: `${path(name)}?lang=de`, old: true },
    { key: `${path(name)}stats/`, old: inStatistics },
    { key: `/subjects/?search=&page=${page}&lang=en`, old: true },
    { key: `/subjects/?search=${name.slice(0, 3)}&page=1&lang=de`, old: true },
    { key: `/subjects/?search=&page=${page === 1 ? 2 : 1}&lang=en`, old: false },
    { key: `${path(longer)}?lang=en`, old: false },
    { key: `${path(other)}stats/`, old: false },
  ];
  return { page, entries };
}

function interleavingsOf(run: RunRecord) {
  return ['race', 'delete-first'].flatMap(
    (step) => experimentData<Interleavings>(run, step).interleavings,
  );
}

export const questions: readonly Question[] = [
  {
    ...question('Q1', 'The largest staleness of your run', 12, ['T2', 'E10']),
    basis: 'run',
    hints: [
      'An answer is stale from the moment when what it tells was replaced, not from the moment when it was filled.',
      'The age of an answer is the time when it was asked for minus the time when its value was replaced.',
      'Subtract in each line, and take the largest of the results. The answer that was asked for last need not be the oldest.',
    ],
    pose: (run) => {
      const { views, largestMs } = experimentData<Staleness>(run, 'staleness');
      const found = views.flatMap(({ view, oldest }) => (oldest ? [{ view, ...oldest }] : []));
      const lines = found.map(
        ({ view, askedAtMs, replacedAtMs }) =>
          `- ${view}: asked for at ${ms(askedAtMs)}, replaced at ${ms(replacedAtMs)}`,
      );
      const sums = found.map(
        ({ view, askedAtMs, replacedAtMs }) =>
          `${view} ${askedAtMs} - ${replacedAtMs} = ${askedAtMs - replacedAtMs}`,
      );
      return {
        text: `Of each view of your run, this was the oldest answer: when it was asked for, and when what it told had been replaced by a PUT.\n\n${lines.join('\n')}\n\nHow old was the oldest of them all, in milliseconds?`,
        format: { kind: 'number', expected: largestMs, unit: 'ms', tolerance: { relative: 0.1 } },
        why: `${sums.join('; ')}. The largest is ${ms(largestMs)}. More than the TTL it can hardly be: an entry is filled while its value is true, and gone a TTL after that.`,
      };
    },
  },
  {
    ...question('Q2', 'What one PUT makes old', 16, ['E1', 'T2']),
    basis: 'seed',
    hints: [
      'A key must go if the answer under it would read differently now.',
      'Look for each body that holds the field that was changed: of this subject in both languages, and wherever the subject is listed.',
      'Statistics hold the name and the professor, and nothing else of the row. A subject whose name only begins alike is not touched, and a page without the subject neither.',
    ],
    pose: (school, random) => {
      const { name } = random.pick(plainSubjects(school));
      const { field, value, inStatistics } = random.pick(changes);
      const around = keysAround(school, name, inStatistics);
      const entries = random.shuffle(around.entries);
      const items = entries.map(({ key }, index) => ({ id: 'abcdefgh'[index] ?? '', text: key }));
      const expected = entries.flatMap(({ old }, index) => (old ? (items[index]?.id ?? []) : []));
      const text = `These keys are in a cache. Then comes

    PUT /api/v1/subjects/${encodeURIComponent(name)}/   {"${field}": ${value}}

A detail holds the subject's name, professor, room, credits and its description in the language. A list holds the same of each subject on it, and ${name} is on page ${around.page} of the list without a search. Statistics hold the name, the professor and figures about grades.

Which keys **must** go, since their answers are no longer true?`;
      const stays = inStatistics ? '' : ` The statistics do not tell the ${field}, and may stay.`;
      return {
        text,
        format: { kind: 'set', items, expected },
        why: `${expected.join(', ')}: the detail in both languages${inStatistics ? ', the statistics' : ''}, the page of the list that ${name} is on, and the search that finds it.${stays} Of the others none tells of ${name}.`,
      };
    },
  },
  {
    ...question('Q3', 'Which order leaves a stale entry?', 12, ['T2', 'E10']),
    basis: 'run',
    hints: [
      'What a reader is told depends on whether the origin was asked before or after it had written. What is left in the cache depends on whether it was kept before or after the delete.',
      'Stale means: asked before the write, and kept without a delete after that.',
      'Go through each line: does "asks" stand before "has written"? And is there no "deletes" after "keeps"? Then the old value stays.',
    ],
    pose: (run, _school, random) => {
      const all = random.shuffle(interleavingsOf(run));
      const items = all.map(({ did }, index) => ({ id: `${index + 1}`, text: did.join(', ') }));
      const expected = all.flatMap(({ stale }, index) => (stale ? [`${index + 1}`] : []));
      return {
        text: 'Your run recorded six ways in which a reader and a writer of one subject can meet. A reader **asks** the origin and then **keeps** what it was told; a writer **has written** to the origin and **deletes** the entry, in one order or the other. Which of them leave an entry that is stale?',
        format: { kind: 'set', items, expected },
        why: `Stale are ${expected.join(', ')}: the origin was asked before it had written, and nothing was deleted after the answer was kept. Write, then delete leaves one gap, for a read that is slower than both. Delete, then write leaves a gap as wide as the write itself.`,
      };
    },
  },
];
