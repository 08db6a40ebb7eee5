import type { Option, RunQuestion } from 'course-labs/kit';
import { debugLines } from './debug-lines.ts';
import {
  atInfoOf,
  bytesAtInfo,
  eagerMicroseconds,
  gigabytesADay,
  slowdown,
  throughputOf,
} from './figures.ts';

const grouped = (count: number) => Math.round(count).toLocaleString('en');
export const options = (texts: Readonly<Record<string, string>>): Option[] =>
  Object.entries(texts).map(([id, text]) => ({ id, text }));

const question = { kind: 'question', basis: 'run' } as const;

export const questions: readonly RunQuestion[] = [
  {
    ...question,
    id: 'Q1',
    title: 'What stands in the log',
    points: 12,
    objectives: ['T10'],
    hints: [
      'Go through the lines of your run at info. What is marked there is in the log, in whatever form.',
      'Three are not: two stand under a name, and at a place, that the list of redact says exactly, and one was not written at this level.',
      'Not in it: a password at the top of its record, the token of the header Authorization, and what only a line at debug tells.',
    ],
    pose: (run, _school, random) => {
      const { secrets } = atInfoOf(run);
      const items = random
        .shuffle(secrets)
        .map(({ name, found }, index) => ({ id: `${index + 1}`, text: name, found }));
      const found = items.filter((item) => item.found);
      return {
        text: 'Seven students came to your server, with nine secrets, and it logged at **info**. Which of the nine stand in that log, as they are or encoded? Choose all that do.',
        format: {
          kind: 'set',
          items: items.map(({ id, text }) => ({ id, text })),
          expected: found.map(({ id }) => id),
        },
        why: `${found.length} of ${items.length}. Two were saved by redact, since its list says exactly how the field is called and where it stands; one is logged at debug alone. The others stood one level down, under another name, in an address, in a header that nobody had thought of, or in an error.`,
      };
    },
  },
  {
    ...question,
    id: 'Q2',
    title: 'A day of log',
    points: 10,
    objectives: ['E9'],
    hints: [
      'Two lines of the table, in the column of info: bytes of log for each request, and requests a second.',
      'Multiplied they are bytes a second. A day has 86,400 seconds, a GB 1,000,000,000 bytes.',
      'Bytes a request x requests a second x 86,400 / 1,000,000,000.',
    ],
    pose: (run) => {
      const bytes = bytesAtInfo(run);
      const rate = throughputOf(run, 'info');
      const expected = gigabytesADay(run);
      return {
        text: `At info your server wrote **${grouped(bytes)} bytes** of log for each request, and answered **${grouped(rate)} requests** a second. If it goes on like that for a day, how many GB of log is that? (One GB is 1,000,000,000 bytes.)`,
        format: { kind: 'number', expected, unit: 'GB', tolerance: { relative: 0.03 } },
        why: `${grouped(bytes)} x ${grouped(rate)} x 86,400 / 1,000,000,000 = ${expected.toFixed(1)} GB. It is sent over a network, stored on more than one disk, and kept for weeks: the bytes of one request are the only figure in this product that is yours to choose.`,
      };
    },
  },
  {
    ...question,
    id: 'Q3',
    title: 'From info to debug',
    points: 8,
    objectives: ['E9'],
    hints: [
      'The same server, the same requests, two levels. Compare their throughput.',
      'How many requests are answered at info, while one is answered at debug?',
      'Throughput at info / throughput at debug.',
    ],
    pose: (run) => {
      const [info, debug] = [throughputOf(run, 'info'), throughputOf(run, 'debug')];
      const expected = slowdown(run);
      return {
        text: `Somebody sets this server to debug: ${debugLines} lines more for each request. By how many times does it become slower? (Throughput at info, divided by throughput at debug, in your run.)`,
        format: { kind: 'number', expected, unit: 'times', tolerance: { relative: 0.05 } },
        why: `${grouped(info)} / ${grouped(debug)} = ${expected.toFixed(2)}. Debug in production is no switch for "see more": it is a decision to need ${expected.toFixed(1)} times the servers for as long as it is on.`,
      };
    },
  },
  {
    ...question,
    id: 'Q4',
    title: 'What a line costs that is not written',
    points: 10,
    objectives: ['E9'],
    hints: [
      'The server works on one thing at a time. If it answers r requests a second, one of them takes it 1/r seconds.',
      `Compare the time of one request in the columns info and eager. The difference is what ${debugLines} calls cost.`,
      `(1,000,000 / throughput of eager - 1,000,000 / throughput of info) / ${debugLines}, in microseconds.`,
    ],
    pose: (run) => {
      const [info, eager] = [throughputOf(run, 'info'), throughputOf(run, 'eager')];
      const expected = eagerMicroseconds(run);
      return {
        text: `At info, two servers wrote the same lines: **${grouped(info)} requests** a second with debug lines that get an object, **${grouped(eager)}** with debug lines that make a text of it first. Each request has ${debugLines} of those lines, and none of them is written. What does one of the eager calls cost more than one that gets an object, in microseconds?`,
        format: { kind: 'number', expected, unit: 'microseconds', tolerance: { relative: 0.1 } },
        why: `One request takes 1,000,000 / ${grouped(eager)} = ${(1e6 / eager).toFixed(1)} microseconds against ${(1e6 / info).toFixed(1)}. The difference, divided by ${debugLines}, is ${expected.toFixed(2)}: for a text that is thrown away.`,
      };
    },
  },
];
