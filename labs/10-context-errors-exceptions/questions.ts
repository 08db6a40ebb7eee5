import type { Option, PosedQuestion, Question, Random, RunRecord } from 'course-labs/kit';
import { experimentData } from 'course-labs/kit';
import { failingHandlers, type Outcome } from './failing-handlers.ts';
import type { Rush } from './rush.ts';

const grouped = (count: number) => count.toLocaleString('en');

export const options = (texts: Readonly<Record<string, string>>): Option[] =>
  Object.entries(texts).map(([id, text]) => ({ id, text }));

export const rushOf = (run: RunRecord) => experimentData<Rush>(run, 'rush');

function poseFailed(run: RunRecord): PosedQuestion {
  const { requests, failed, errors, warnings } = rushOf(run);
  return {
    text: `The log of the rush tells of **${grouped(requests)} requests**. For how many **users** did one fail, or more than one, through no fault of theirs?`,
    format: { kind: 'number', expected: failed, unit: 'users', tolerance: { absolute: 0 } },
    why: `${errors} records at error, each of one request, and ${failed} different \`userId\` in them: some users failed more than once. The ${warnings} warnings are refused logins: somebody mistyped, nothing failed.`,
  };
}

function poseFirst(run: RunRecord): PosedQuestion {
  const { first } = rushOf(run);
  return {
    text: 'Which request failed first? Give its request id, as it stands in the log.',
    format: { kind: 'text', expected: first },
    why: `${first} is the \`reqId\` of the first record at error. With it you find what else belongs to that request, here and at the origin.`,
  };
}

function posePercentile(run: RunRecord): PosedQuestion {
  const { requests, p99Ms, meanMs, slowUsers } = rushOf(run);
  const rank = Math.ceil((99 * requests) / 100);
  return {
    text: `Each of the ${grouped(requests)} requests has a record with its \`responseTime\` in milliseconds. What is their **p99**, by nearest rank: the smallest of these times that at least 99 % of the requests did not exceed?`,
    format: { kind: 'number', expected: p99Ms, unit: 'ms', tolerance: { relative: 0.03 } },
    why: `In order of time it is number ${rank} of ${requests} (99 % of them, rounded up): ${p99Ms.toFixed(1)} ms. The mean is ${meanMs.toFixed(1)} ms, and nobody would look. These requests have a \`userId\`, too: it was ${slowUsers.join(' and ')} who waited.`,
  };
}

const outcomes = Object.keys(failingHandlers) as Outcome[];

/** Six of them, at least one of each outcome. */
function drawHandlers(random: Random): { code: string; outcome: Outcome }[] {
  const wanted = [...outcomes, ...random.shuffle(outcomes).slice(0, 2)];
  const stacks = new Map(outcomes.map((each) => [each, random.shuffle(failingHandlers[each])]));
  return random
    .shuffle(wanted)
    .map((outcome) => ({ outcome, code: stacks.get(outcome)?.shift() ?? '' }));
}

function poseHandlers(random: Random): PosedQuestion {
  const drawn = drawHandlers(random);
  const numbersOf = (outcome: Outcome) =>
    drawn.flatMap((each, index) => (each.outcome === outcome ? [index + 1] : [])).join(' and ');
  return {
    text: 'Six servers with Fastify. In each of them the call to the origin throws, in one request. What follows on `try` or is set for the whole server is shown; everything else is as Fastify does it by itself, and it logs at info. What stands in the log **at error** about this failure?',
    format: {
      kind: 'match',
      items: drawn.map(({ code }, index) => ({ id: `${index + 1}`, text: code })),
      places: options({
        whole: 'one record, with the stack',
        bare: 'one record, without the stack',
        twice: 'two records',
        nothing: 'none',
      }),
      expected: Object.fromEntries(drawn.map(({ outcome }, index) => [`${index + 1}`, outcome])),
      partialCredit: true,
    },
    why: `${numbersOf('whole')}: the error is logged whole, by you or by Fastify's error handler, and by one of them. ${numbersOf('bare')}: pino writes a stack for \`err\` only, and for an error that is the first argument. ${numbersOf('twice')}: what is thrown or sent on reaches Fastify's error handler, which logs it again. ${numbersOf('nothing')}: a warning is no error, a handler of your own replaces Fastify's together with its line, and \`disableRequestLogging\` silences it.`,
  };
}

const question = { kind: 'question' } as const;

export const questions: readonly Question[] = [
  {
    ...question,
    basis: 'run',
    id: 'Q1',
    title: 'How many users failed',
    points: 8,
    objectives: ['T8', 'E7'],
    hints: [
      'Two things must be in a record: that something failed, and whose request it was. The first one is its level, which pino writes as a number.',
      'The command under the table of the rush finds the records at error. Their `userId` is what you want, and each of them once.',
      'Put this behind that command: `| grep -o \'"userId":[0-9]*\' | sort -u`. Count its lines.',
    ],
    pose: poseFailed,
  },
  {
    ...question,
    basis: 'run',
    id: 'Q2',
    title: 'The first failure',
    points: 8,
    objectives: ['T8', 'E7'],
    hints: [
      'A log is in order of time. The first failure is the first record at error.',
      'A request id looks like 9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d, and stands behind "reqId".',
      'Put this behind the command that finds records at error: `| head -1 | grep -o \'"reqId":"[^"]*"\'`.',
    ],
    pose: poseFirst,
  },
  {
    ...question,
    basis: 'run',
    id: 'Q3',
    title: 'The slowest of a hundred',
    points: 10,
    objectives: ['T7', 'E7'],
    hints: [
      'The times have to be put in order. Then it is a matter of counting.',
      'Of 200 requests it would be number 198 from the fastest on, which is the third from the slow end.',
      '`grep -o \'"responseTime":[0-9.]*\'` on the file, then `| cut -d: -f2 | sort -n | tail -3`. With the number of requests in this rush, the first of the three is it.',
    ],
    pose: posePercentile,
  },
  {
    ...question,
    basis: 'seed',
    id: 'Q4',
    title: 'What one failure leaves',
    points: 14,
    objectives: ['T8', 'E6'],
    hints: [
      "For each of them: who logs? The code that is shown, Fastify's own error handler, both, or neither?",
      "Fastify's error handler runs when an error is thrown or sent on, and no other handler has been set. What does pino write of an error under the name `err`, and of one under any other name?",
      'Logged and thrown on: twice. `{ error }` or a text with the error behind it: once, without a stack. At warn, or a handler that only replies: none at error.',
    ],
    pose: (_school, random) => poseHandlers(random),
  },
];
