import type { Option, PosedQuestion, Random, School } from 'course-labs/kit';
import { incidentOf } from './evidence.ts';

/** What can be asked after an incident, by what has the answer. */
const asked = {
  cache: [
    'How much of the traffic did the origin not see?',
    'How soon after the flush was the cache full again?',
    'Did fewer requests miss after the deploy than before?',
    'Do entries have to make room for others?',
  ],
  log: [
    'Whose grades were sent to one certain user?',
    'Who set the level to debug, and when?',
    'Which request was the first to fail, and why?',
    'Did one of the guessed passwords get somebody in?',
    'Who posted a grade while all this went on?',
  ],
} as const;

/** What is true of one of the two. */
const said = {
  cache: [
    'It may be thrown away at any moment, and all answers stay right: they only take longer.',
    'What is in it can be made again.',
    'A second instance without it is as right as one with it.',
  ],
  log: [
    'What is lost of it can be had nowhere else.',
    'It must still be there when the server that made it is not.',
    'A secret that gets into it is still there in a year.',
  ],
} as const;

/** Numbers for options that stand in an order of the seed. */
const numbered = (texts: readonly string[]): Option[] =>
  texts.map((text, index) => ({ id: `${index + 1}`, text }));

export function poseTellers(_school: School, random: Random): PosedQuestion {
  const draw = (place: 'cache' | 'log') =>
    [...random.shuffle(asked[place]).slice(0, 2), random.pick(said[place])].map((text) => ({
      text,
      place,
    }));
  const statements = random.shuffle([...draw('cache'), ...draw('log')]);
  const items = numbered(statements.map(({ text }) => text));
  return {
    text: 'Both were there during the incident: the cache, with its counters, and the log. Which of the two can answer the question, and which one is the sentence true of?',
    format: {
      kind: 'match',
      items,
      places: [
        { id: 'cache', text: 'the cache and its counters' },
        { id: 'log', text: 'the log' },
      ],
      expected: Object.fromEntries(statements.map(({ place }, index) => [`${index + 1}`, place])),
      partialCredit: true,
    },
    why: 'A cache is there for speed: it knows numbers and no stories, and whatever it holds can be lost without harm. A log is there for knowledge: who, what, when and why, for long, and it cannot be made again. That is why a log must not hold secrets, and why no answer may hang on a cache.',
  };
}

export function poseMitigations(school: School, random: Random): PosedQuestion {
  const { good, bad } = incidentOf(school).plan.versions;
  const steps = [
    `Bring both instances back to version ${good}.`,
    'Delete the kept answers under /api/v1/me/, and only those.',
    'Find out from the access logs whose data went to whom.',
    'Tell these users what was shown of theirs.',
    `Deploy ${bad} again, repaired, with a test that asks as two users.`,
  ];
  const order = random.shuffle(steps);
  const items = numbered(order);
  return {
    text: 'Looking back: in which order should these five have been done, so that the least harm is done in all?',
    format: {
      kind: 'order',
      items,
      expected: steps.map((step) => `${order.indexOf(step) + 1}`),
    },
    why: 'Stop it first: deleting comes second, since a version that leaks fills the cache again at once, as the flush showed. Only then there is time to look, and what the logs say is complete. Who is affected hears of it as soon as it is known who that is, and need not wait for the repair; that one is not urgent any more.',
  };
}
