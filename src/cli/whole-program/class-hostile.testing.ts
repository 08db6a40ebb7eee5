import { join } from 'node:path';
import {
  codePoints,
  lab1,
  type Pupil,
  progress,
  right,
  rightWith,
  server,
} from './class-work.testing.ts';
import { labs } from './program.testing.ts';

const attempt = {
  exercise: 'C1',
  at: '2030-02-31',
  seed: 1,
  points: 999,
  possible: codePoints,
  notJudged: 0,
  passed: true,
  failed: ['expires-after-ttl'],
  hash: 'mine',
};

/** Progress that says more than the files do. */
function claims(attempts: readonly object[]): string {
  const at = '2026-02-01T08:00:00Z';
  const answers = {
    Q1: { given: '0.9999', at, points: 8, run: 7 },
    Q3: { given: 'all of them', at, points: 12 },
  };
  const lab = { finished: true, hints: {}, answers, attempts };
  return JSON.stringify({ version: 1, labs: { 1: lab } });
}

/** What archives and answers try to write, wherever they are unpacked or run: `place` is to stay free of it. */
export function hostilePupils(place: string): Pupil[] {
  const escapes = Object.fromEntries(
    [
      `${place}/escaped-1`,
      '../escaped-2',
      'a/../../../../escaped-3',
      '../../../../../escaped-4',
    ].map((name) => [name, 'outside']),
  );
  const denied = (name: string, code: string): Pupil => ({
    name,
    packing: 'tar.gz',
    work: (files) => ({ ...files, [server]: `${code}\n${right(files)[server]}` }),
    points: 0,
    flags: ['no-start'],
  });
  return [
    {
      name: 'link-out',
      packing: 'folder',
      work: (files) => ({
        ...files,
        [server]: `link:${join(labs, lab1, 'solutions', 'in-the-handler', 'server.ts')}`,
        etc: 'link:/etc',
      }),
      points: 0,
      flags: ['left-out'],
    },
    ...(['zip', 'tar.gz'] as const).map(
      (packing): Pupil => ({
        name: `escapes-${packing}`,
        packing,
        work: (files) => ({
          ...rightWith(files, `void "${packing}";`),
          ...escapes,
          out: `link:${place}`,
          'out/escaped-5': 'through a link',
        }),
        points: codePoints,
        flags: ['left-out'],
      }),
    ),
    {
      name: 'bomb-large',
      packing: 'zip',
      work: (files) => ({ ...right(files), zeros: new Uint8Array(50_000_000) }),
      points: 'broken',
      flags: [],
    },
    {
      name: 'bomb-many',
      packing: 'tar.gz',
      work: (files) => ({
        ...right(files),
        ...Object.fromEntries(Array.from({ length: 21_000 }, (_, index) => [`many/${index}`, ''])),
      }),
      points: 'broken',
      flags: [],
    },
    {
      name: 'claims-points',
      packing: 'folder',
      work: (files) => ({ ...files, [progress]: claims([attempt]) }),
      points: 0,
      flags: ['evidence'],
    },
    {
      name: 'claims-without-end',
      packing: 'zip',
      work: (files) => ({
        ...files,
        [progress]: claims(Array(100_000).fill({ ...attempt, at: '' })),
      }),
      points: 0,
      flags: ['evidence'],
    },
    ...['twin-1', 'twin-2'].map(
      (name): Pupil => ({
        name,
        packing: 'folder',
        work: (files) => rightWith(files, `void "twins"; // ${name}`),
        points: codePoints,
        flags: ['same-answer', 'same-seed'],
        seed: 4711,
      }),
    ),
    denied(
      'forks',
      "import { spawn } from 'node:child_process';\nfor (let n = 0; n < 64; n += 1) spawn(process.execPath, [process.argv[1]], { detached: true });",
    ),
    denied(
      'writes-outside',
      `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(`${place}/escaped-6`)}, 'x');`,
    ),
    {
      name: 'ignores-sigterm',
      packing: 'folder',
      work: (files) =>
        rightWith(files, "process.removeAllListeners('SIGTERM').on('SIGTERM', () => {});"),
      points: codePoints,
      flags: [],
    },
  ];
}
