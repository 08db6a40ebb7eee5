/*
 * The questions of this lab.
 */
import type {
  ObjectiveId,
  Option,
  PosedQuestion,
  Question,
  Random,
  RunRecord,
} from 'course-labs/kit';
import { experimentData } from 'course-labs/kit';
import type { StormData } from './experiments.ts';

const grouped = (value: number) => value.toLocaleString('en');

function question(id: string, title: string, points: number, objectives: ObjectiveId[]) {
  return { kind: 'question', id, title, points, objectives } as const;
}

export const options = (texts: Readonly<Record<string, string>>): Option[] =>
  Object.entries(texts).map(([id, text]) => ({ id, text }));

/** Answers with each user's data that went to somebody else. */
function exposures(run: RunRecord): [victim: string, answers: number][] {
  const { users } = experimentData<StormData>(run, 'storm');
  return Object.keys(users)
    .map((victim): [string, number] => {
      const all = Object.values(users).map(({ victims }) => victims[victim] ?? 0);
      return [victim, all.reduce((sum, answers) => sum + answers, 0)];
    })
    .toSorted(([, one], [, other]) => other - one);
}

function poseExposed(run: RunRecord): PosedQuestion {
  const [[victim, answers] = ['nobody', 0]] = exposures(run);
  const { answered, leaked } = experimentData<StormData>(run, 'storm');
  return {
    text: `Your storm had **${grouped(answered)} answers**. **${victim}** must be told how often. How many of them held ${victim}'s data, and went to somebody else?`,
    format: { kind: 'number', expected: answers, unit: 'answers', tolerance: { absolute: 0 } },
    why: `${grouped(answers)} of the ${grouped(leaked)} leaked answers held ${victim}'s data. They stand in the rows of those who asked, and not in ${victim}'s own: a row says what that user got.`,
  };
}

function poseCanary(run: RunRecord): PosedQuestion {
  const { first } = experimentData<StormData>(run, 'storm');
  if (first === undefined) throw new Error(`nothing leaked in the storm of run ${run.id}`);
  return {
    text: `A text that is planted in one user's data, and turns up in another's answer, proves a leak. Which was the first in your storm? It was in answer ${grouped(first.sequence)}, to **${first.who}**.`,
    format: { kind: 'text', expected: first.mark },
    why: `${first.mark} is planted in the data of ${first.victim}, and nowhere else. No count and no header could have proven it like that.`,
  };
}

/** What a server does with a request, up to its look into the cache; by whom it lets in. */
const pipelines: Readonly<Record<string, readonly string[]>> = {
  anyone: [
    'look under the address > find out who asks > ask the origin > keep',
    'look under a hash of the address > find out who asks > ask the origin > keep',
    'look under the address and the language > find out who asks > ask the origin > keep',
  ],
  ended: [
    'look under the address and the token as it was sent > find out who asks > ask the origin > keep',
    'look under a hash of the token and the address > find out who asks > ask the origin > keep',
  ],
  others: [
    'find out who asks > look under the address > ask the origin > keep',
    'find out who asks > look under a hash of the address > ask the origin > keep',
    'find out who asks > look under the address and the role > ask the origin > keep',
  ],
  safe: [
    'find out who asks > look under the address and the user > ask the origin > keep',
    "find out who asks > look in the user's own Map > ask the origin > keep",
  ],
};

function poseOrder(random: Random): PosedQuestion {
  const order = random.shuffle(Object.keys(pipelines));
  const items = order.map((kind, index) => ({
    id: `${index + 1}`,
    text: random.pick(pipelines[kind] ?? []),
  }));
  const at = (kind: string) => order.indexOf(kind) + 1;
  return {
    text: 'Four servers, and what each does with a request, one after the other. Finding out who asks means a look-up of the token; who has no good one gets a 401 there. What is kept is kept under what was looked for, and whatever is found is sent at once. Alice, a student, has read her grades, and what was kept is still there. Whom does each server let see them?',
    format: {
      kind: 'match',
      items,
      places: options({
        anyone: 'anybody, even without a token',
        ended: "nobody without alice's token; but with it also after it was ended",
        others: 'any other student with a good token',
        safe: 'alice only, as long as her token is good',
      }),
      expected: Object.fromEntries(order.map((kind, index) => [`${index + 1}`, kind])),
      partialCredit: true,
    },
    why: `${at('anyone')} looks before it knows who asks, under something that everybody can send. ${at('ended')} needs alice's token, and never learns that it has ended. ${at('others')} asks for a good token, and then looks under something that users share. Only ${at('safe')} has both: first who asks, then a place that is that user's own.`,
  };
}

function poseMemory(random: Random): PosedQuestion {
  const users = 100 * random.integer(12, 40);
  const pages = random.integer(2, 6);
  const pageBytes = 50 * random.integer(18, 40);
  const statsBytes = 10 * random.integer(20, 45);
  const sessions = random.pick([2, 3]);
  const bytes = users * (pages * pageBytes + statsBytes);
  const megabytes = bytes / 1_000_000;
  return {
    text: `The grades are out. Within one TTL **${grouped(users)} students** read **${pages} pages** of grades and their statistics, each of them with **${sessions} devices**, and each device has a token of its own. The user is in the key. An entry takes **${grouped(pageBytes)} bytes** for a page and **${statsBytes} bytes** for statistics, with all that the cache needs beside it. How many megabytes (of 1,000,000 bytes) do the entries take?`,
    format: { kind: 'number', expected: megabytes, unit: 'MB', tolerance: { relative: 0.02 } },
    why: `${grouped(users)} x (${pages} x ${grouped(pageBytes)} + ${statsBytes}) = ${grouped(bytes)} bytes, ${megabytes.toFixed(1)} MB. The devices of a user share the entries. With the token in the key it would be ${sessions} times as much: ${(sessions * megabytes).toFixed(1)} MB for the same data, and ${sessions} times as many misses.`,
  };
}

export const questions: readonly Question[] = [
  {
    ...question('Q1', 'Who must be told how often', 8, ['E3']),
    basis: 'run',
    hints: [
      'The leak table has a row for each user who asked. Whose data did they get?',
      "The last column says whose data the answers held. Look for the victim's name in the rows of the others.",
      'It is the number under "someone else\'s" in the other user\'s row.',
    ],
    pose: poseExposed,
  },
  {
    ...question('Q2', 'The first proof', 6, ['E3']),
    basis: 'run',
    hints: [
      'It stands under the leak table of your storm, a few screens back.',
      'Such a text looks like k3f9-x2m7-q8z1.',
      'It is the mark that is named with the first leak, with its two hyphens.',
    ],
    pose: poseCanary,
  },
  {
    ...question('Q3', 'Whom the order lets in', 14, ['T4', 'E3']),
    basis: 'seed',
    hints: [
      'Go through each server as somebody without a token. Are you served before you are asked who you are?',
      "Then as bob, who has a good token of his own: do you look in the same place as alice? Then with alice's ended token.",
      'Before "find out who asks" nothing is known but what the client sent. After it, ask what is in the key: everybody sends the same address, and only the user is different.',
    ],
    pose: (_school, random) => poseOrder(random),
  },
  {
    ...question('Q4', 'What keeping users apart takes', 12, ['E4']),
    basis: 'seed',
    hints: [
      'How many entries does one student have, and how large are they together?',
      'The key holds the user, and not the token: does a second device add entries?',
      'Students times (pages times bytes of a page, plus bytes of the statistics), divided by 1,000,000.',
    ],
    pose: (_school, random) => poseMemory(random),
  },
];
