import type { ProcessKind } from './fault-processes.ts';

/** What is killed; with `command and keeper` nobody is left who would end the rest at once. */
export type Victim = Exclude<ProcessKind, 'gate'> | 'command and keeper';

/** A command under which processes are killed. */
export interface FaultCase {
  name: string;
  args: readonly string[];
  /** Where it is called: the learner's workspace, or the folder with what a class handed in. */
  place: 'workspace' | 'class';
  /** About what it takes on an idle machine: used where it is not measured first. */
  usualSeconds: number;
  needsRedis: boolean;
  /** Killed below it. */
  below: readonly Exclude<Victim, 'command'>[];
}

const everyService = ['registrar', 'server', 'keeper', 'command and keeper'] as const;

function guided(lab: number, answers: Readonly<Record<string, string>>): string[] {
  const given = Object.entries(answers).flatMap(([name, text]) => ['--answer', `${name}=${text}`]);
  return ['run', String(lab), '--restart', ...given];
}

const run1 = guided(1, {
  throughput: '5000',
  'speed-up': '9',
  first: 'slow',
  'the-slowest': 'a',
});
const run5 = guided(5, {
  calls: '10',
  'hit-cost': 'slower',
  'redis-away': 'waits',
  'why-they-waited': 'a',
});
const bench = (lab: number) => ['bench', String(lab), '--rounds', '3', '--duration', '1'];
const grade = (...labs: string[]) => ['grade', 'class', '--only', ...labs];

export const faultCases: readonly FaultCase[] = [
  {
    name: 'check-answer 1',
    args: ['check-answer', '1', 'C1'],
    place: 'workspace',
    usualSeconds: 3,
    needsRedis: false,
    below: everyService,
  },
  {
    name: 'bench 1',
    args: bench(1),
    place: 'workspace',
    usualSeconds: 9,
    needsRedis: false,
    below: [...everyService, 'load'],
  },
  {
    name: 'run 1',
    args: run1,
    place: 'workspace',
    usualSeconds: 25,
    needsRedis: false,
    below: [...everyService, 'load'],
  },
  {
    name: 'grade 1',
    args: grade('1'),
    place: 'class',
    usualSeconds: 5,
    needsRedis: false,
    below: everyService,
  },
  {
    name: 'run 1 --yes',
    args: ['run', '1', '--yes'],
    place: 'workspace',
    usualSeconds: 30,
    needsRedis: false,
    below: ['registrar', 'server'],
  },
  {
    name: 'check-answer 7',
    args: ['check-answer', '7', 'C1'],
    place: 'workspace',
    usualSeconds: 5,
    needsRedis: false,
    below: ['load'],
  },
  {
    name: 'check-answer 5',
    args: ['check-answer', '5', 'C1'],
    place: 'workspace',
    usualSeconds: 10,
    needsRedis: true,
    below: ['redis'],
  },
  {
    name: 'check-answer 12',
    args: ['check-answer', '12', 'C1'],
    place: 'workspace',
    usualSeconds: 20,
    needsRedis: true,
    below: ['redis'],
  },
  {
    name: 'bench 5',
    args: bench(5),
    place: 'workspace',
    usualSeconds: 17,
    needsRedis: true,
    below: ['redis'],
  },
  {
    name: 'run 5',
    args: run5,
    place: 'workspace',
    usualSeconds: 60,
    needsRedis: true,
    below: ['redis'],
  },
  {
    name: 'grade 5 and 7',
    args: grade('5', '7'),
    place: 'class',
    usualSeconds: 15,
    needsRedis: true,
    below: ['redis', 'load'],
  },
];

/** One kill to be made. */
export interface Trial {
  case: FaultCase;
  victim: Victim;
  /** From 0: among those of the same command and victim. */
  turn: number;
}

/** `kills` of the commands, in turn through them, then `times` kills of each process below each of them. */
export function plannedTrials(
  cases: readonly FaultCase[],
  { kills, times }: { kills: number; times: number },
): Trial[] {
  const ofCommands = Array.from({ length: kills }, (_, index): Trial[] => {
    const each = cases[index % cases.length];
    if (each === undefined) return [];
    return [{ case: each, victim: 'command', turn: Math.floor(index / cases.length) }];
  });
  const ofOthers = Array.from({ length: times }, (_, turn) =>
    cases.flatMap((each) => each.below.map((victim): Trial => ({ case: each, victim, turn }))),
  );
  return [...ofCommands, ...ofOthers].flat();
}

/** Few seconds of everything: what each command does at first. */
export function shortTrials(cases: readonly FaultCase[]): Trial[] {
  const [check, bench, run, grade] = cases;
  if (!check || !bench || !run || !grade) return [];
  return [
    { case: check, victim: 'command', turn: 1 },
    { case: check, victim: 'registrar', turn: 1 },
    { case: { ...bench, usualSeconds: 3 }, victim: 'command', turn: 1 },
    { case: { ...bench, usualSeconds: 3 }, victim: 'load', turn: 1 },
    { case: { ...run, usualSeconds: 3 }, victim: 'command', turn: 1 },
    { case: grade, victim: 'command', turn: 1 },
  ];
}
