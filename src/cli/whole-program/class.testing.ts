import labOne from '../../../labs/01-measure-a-miss/lab.ts';
import { poseQuestion } from '../../grading/questions.ts';
import type { Question } from '../../kit/index.ts';
import { hostilePupils } from './class-hostile.testing.ts';
import {
  answer,
  codePoints,
  lab1,
  lab2,
  type Pupil,
  progress,
  right,
  rightWith,
  server,
} from './class-work.testing.ts';
import type { Files, Packing } from './hand-in.testing.ts';

/**
 * Points of checks that wrong answers lose, taken from the labs by hand: all that an answer was seen to fail when each of its
 * checks was run (`npm run steady -- --mutants`), and all of the lab's where everything else needs what it fails.
 */
const lost = {
  'never-expires': 8 + 5,
  'one-constant-key': 6 + 5,
  'remembers-one-subject': 6,
  'ignores-cache-backend': 5,
  'caches-the-error': 6,
  'hit-loses-content-type': 4,
  'not-found-turns-into-502': 4,
  'failure-looks-like-success': 5,
  'keeps-the-main-figures': 6 + 8 + 6 + 5,
  'only-tells-the-browser': codePoints,
} as const;

const mutants = Object.keys(lost) as (keyof typeof lost)[];
const packings: readonly Packing[] = ['folder', 'zip', 'tar.gz'];
const packingOf = (index: number) => packings[index % packings.length] as Packing;

const rightOnes: Pupil[] = [
  'in-the-handler',
  'map-with-expiry',
  'plain-node',
  'reusable-wrapper',
].map((name, index) => ({
  name: `right-${name}`,
  packing: packingOf(index),
  work: (files) => answer(lab1, `solutions/${name}`, files),
  points: codePoints,
  flags: ['shipped'],
}));

const wrongOnes: Pupil[] = mutants.map((name, index) => ({
  name: `wrong-${name}`,
  packing: packingOf(index),
  work: (files) => answer(lab1, `mutants/${name}`, files),
  points: codePoints - lost[name],
  flags: ['shipped'],
}));

const ofLab2: Pupil[] = [
  {
    name: 'both-labs',
    packing: 'folder',
    work: (files) => rightWith(answer(lab2, 'solutions/hash-of-the-form', files), 'void "both";'),
    points: 2 * codePoints,
    flags: ['shipped'],
  },
  {
    name: 'lab-2-wrong',
    packing: 'tar.gz',
    work: (files) => answer(lab2, 'mutants/ignores-the-backend', files),
    // The check that rejects it is worth one.
    points: codePoints - 1,
    flags: ['shipped'],
  },
];

/** The right answer to a question on the workspace's own seed, as progress keeps it. */
function withQ3(files: Files): Files {
  const { seed } = JSON.parse(String(files['course-labs.json']));
  const question = labOne.exercises.find(({ id }) => id === 'Q3') as Question;
  const format = poseQuestion(question, { lab: 1, seed, run: undefined })?.format;
  if (format?.kind !== 'number') throw new Error('Q3 asks for no number');
  const given = String(format.expected);
  const answers = { Q3: { given, at: '2026-02-01T08:00:00Z', points: question.points } };
  const lab = { finished: true, hints: {}, answers, attempts: [] };
  return { ...files, [progress]: JSON.stringify({ version: 1, labs: { 1: lab } }) };
}

const withQuestion: Pupil = {
  name: 'with-a-question',
  packing: 'tar.gz',
  work: (files) => withQ3(rightWith(files, 'void "Q3";')),
  // Q3 is worth ten.
  points: codePoints + 10,
  flags: [],
};

const brokenOnes: Pupil[] = [
  ...packings.map(
    (packing): Pupil => ({
      name: `untouched-${packing}`,
      packing,
      work: (files) => files,
      points: 0,
      flags: [],
    }),
  ),
  {
    name: 'syntax-error',
    packing: 'zip',
    work: (files) => ({ ...files, [server]: 'const = ;' }),
    points: 0,
    flags: ['no-start'],
  },
  {
    name: 'crashes',
    packing: 'folder',
    work: (files) => ({ ...files, [server]: 'throw new Error("not today");' }),
    points: 0,
    flags: ['no-start'],
  },
  {
    name: 'never-listens',
    packing: 'folder',
    work: (files) => ({ ...files, [server]: 'setInterval(() => {}, 1000);' }),
    points: 0,
    flags: ['no-start'],
  },
  { name: 'empty', packing: 'folder', work: undefined, points: 'broken', flags: [] },
  {
    name: 'no-archive',
    packing: 'zip',
    work: undefined,
    points: 'broken',
    flags: [],
  },
  {
    name: 'no-progress',
    packing: 'folder',
    work: (files) => rightWith(files, 'void "no progress";'),
    points: codePoints,
    flags: [],
  },
  {
    name: 'progress-torn',
    packing: 'zip',
    work: (files) => ({ ...rightWith(files, 'void "torn";'), [progress]: '{"version":1,"labs":' }),
    points: codePoints,
    flags: ['evidence'],
  },
  {
    name: 'progress-of-another-kind',
    packing: 'tar.gz',
    work: (files) => ({
      ...rightWith(files, 'void "kind";'),
      [progress]: '{"version":1,"labs":[7]}',
    }),
    points: codePoints,
    flags: ['evidence'],
  },
  {
    name: 'workspace-file-torn',
    packing: 'folder',
    work: (files) => ({ ...right(files), 'course-labs.json': '{"version":1,' }),
    points: 'broken',
    flags: [],
  },
];

/** All who hand in. */
export function makeClass(place: string): Pupil[] {
  return [
    ...rightOnes,
    ...wrongOnes,
    ...ofLab2,
    withQuestion,
    ...brokenOnes,
    ...hostilePupils(place),
  ];
}
