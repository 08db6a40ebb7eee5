import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../src/kit/index.ts';
import type { FaultCase, Trial, Victim } from './fault-cases.ts';
import { type RunningCommand, startCommand, within } from './fault-command.ts';
import { judgeEnd } from './fault-judge.ts';
import { openPlace, type TrialPlace } from './fault-place.ts';
import { killOne, type OwnProcess, portsOf, processesOf } from './fault-processes.ts';
import { gradesIn, lostSince, type Recorded, recordedIn } from './fault-state.ts';

/** What one kill came to. */
export interface Outcome {
  /** After the start of the command, in seconds. */
  atSeconds: number;
  /** `killed`: the command itself was. */
  end: 'killed' | 'told' | 'unharmed' | 'wrong';
  /** From the kill until the command and all that it had started were gone. */
  endSeconds: number;
  /** Command lines that still ran after the limit, or after the next command where the keeper was killed as well. */
  left: readonly string[];
  heldPorts: readonly number[];
  /** What is lost, what cannot be read, what the next command made of it. */
  state: readonly string[];
  wrong: readonly string[];
}

export interface TrialOptions {
  bin: string;
  model: string;
  /** Places are made in it. */
  around: string;
  seed: number;
  /** What the command takes undisturbed. */
  seconds: number;
  /** Whether `grade` is called again after a kill, which grades the rest. */
  goOn: boolean;
}

/** How long what a command started may live on; a keeper needs milliseconds. */
const leftLimitMs = 5_000;
/** A load is bounded by its duration, a check by 60 s. */
const endLimitMs = 150_000;

/**
 * Carries a trial out. Its moment is drawn from the first fifth of the command's time, from the middle or from the last
 * fifth, in turn; a command that ended before is called again, and killed earlier.
 */
export async function carryOut(trial: Trial, options: TrialOptions): Promise<Outcome> {
  const random = createRandom(options.seed, `${trial.case.name} ${trial.victim} ${trial.turn}`);
  const [low, high] = [[0, 0.2] as const, [0.2, 0.8] as const, [0.8, 1] as const][
    trial.turn % 3
  ] ?? [0, 1];
  let atMs = (low + random.next() * (high - low)) * options.seconds * 1000;
  for (;;) {
    const outcome = await killAt(atMs, trial, options, random.next());
    if (outcome !== undefined) return outcome;
    atMs *= 0.8;
  }
}

/** Undefined where the command ended before. */
async function killAt(
  atMs: number,
  { case: called, victim }: Trial,
  options: TrialOptions,
  which: number,
): Promise<Outcome | undefined> {
  const place = await openPlace(options.model, options.around);
  try {
    const command = start(called.args, called, place, options);
    const startedAtMs = performance.now();
    await command.ended(atMs);
    let own: OwnProcess[] = [];
    let targets: OwnProcess[] = [];
    await within(endLimitMs, () => {
      own = processesOf(place.folder);
      targets = targetsAmong(own, victim, which);
      return targets.length > 0 || command.code() !== undefined;
    });
    if (targets.length === 0 || command.code() !== undefined) return undefined;
    const ports = portsOf(own);
    const before = await recorded(called, place);
    const errorText = command.stderr().length;
    const killedAtMs = performance.now();
    for (const target of targets) killOne(target);
    await command.ended(endLimitMs);
    const isGone = () => processesOf(place.folder).length === 0;
    const orphaned = victim === 'command and keeper';
    // What nobody ends at once is for the next command to end.
    if (!orphaned) await within(leftLimitMs, isGone);
    const goneAtMs = performance.now();
    const leftAtOnce = orphaned ? [] : processesOf(place.folder);
    const found = await lookAfter({ called, place, victim, before, options });
    if (orphaned) await within(leftLimitMs, isGone);
    const endSeconds = ((orphaned ? performance.now() : goneAtMs) - killedAtMs) / 1000;
    const rest = orphaned ? processesOf(place.folder) : leftAtOnce;
    const judged =
      victim === 'command' || victim === 'command and keeper'
        ? undefined
        : judgeEnd(victim, {
            code: command.code(),
            text: command.stdout() + command.stderr(),
            errorTextBefore: command.stderr().slice(0, errorText),
            errorTextAfter: command.stderr().slice(errorText),
          });
    const words = [command.stderr(), command.stdout()]
      .map((text) => text.replace(/\s+/g, ' ').slice(-400))
      .join(' | ');
    return {
      atSeconds: (killedAtMs - startedAtMs) / 1000,
      end: judged?.kind ?? 'killed',
      endSeconds,
      left: rest.map(({ line }) => line),
      heldPorts: portsOf(rest).filter((port) => ports.includes(port)),
      state: found,
      wrong: judged?.kind === 'wrong' ? [`${judged.what}: ${words}`] : [],
    };
  } finally {
    for (const each of processesOf(place.folder)) killOne(each);
    await place.remove();
  }
}

function start(
  args: readonly string[],
  called: FaultCase,
  place: TrialPlace,
  { bin }: Pick<TrialOptions, 'bin'>,
): RunningCommand {
  const cwd = called.place === 'class' ? place.instructor : place.workspace;
  return startCommand(bin, args, { cwd, env: place.environment });
}

/** One of the kind that is to be killed; none as long as there is none. */
function targetsAmong(own: readonly OwnProcess[], victim: Victim, which: number): OwnProcess[] {
  const of = (kind: string) => own.filter((each) => each.kind === kind);
  if (victim === 'command and keeper') {
    const both = [...of('keeper'), ...of('command')];
    return both.length < 2 ? [] : both;
  }
  const some = of(victim);
  const one = some[Math.floor(which * some.length)];
  return one === undefined ? [] : [one];
}

async function recorded(called: FaultCase, place: TrialPlace): Promise<Recorded> {
  if (called.place === 'workspace') return recordedIn(place.workspace);
  return gradesIn(join(place.instructor, 'grades', 'grades.jsonl'));
}

/** What was there before must be there still, and the next command must work. Gives what is not so. */
async function lookAfter(after: {
  called: FaultCase;
  place: TrialPlace;
  victim: Victim;
  before: Recorded;
  options: TrialOptions;
}): Promise<string[]> {
  const { called, place, before, options } = after;
  const now = await recorded(called, place);
  const found = [...lostSince(before, now).map((fact) => `lost: ${fact}`), ...now.unreadable];
  if (called.place === 'workspace') {
    for (const args of [
      ['progress', '--json'],
      ['doctor', '--json'],
    ]) {
      found.push(...(await next(args, called, place, options)));
    }
    return found;
  }
  if (!options.goOn) return found;
  found.push(...(await next([...called.args, '--json'], called, place, options, hasAllPoints)));
  const regraded = lostSince(before, await recorded(called, place));
  const files = readdirSync(place.environment.TMPDIR ?? '');
  return [
    ...found,
    ...regraded.map((fact) => `lost by going on: ${fact}`),
    ...files.map((name) => `left in the folder for temporary files: ${name}`),
  ];
}

async function next(
  args: readonly string[],
  called: FaultCase,
  place: TrialPlace,
  options: TrialOptions,
  isRight: (document: unknown) => boolean = () => true,
): Promise<string[]> {
  const command = start(args, called, place, options);
  await command.ended(endLimitMs);
  const said = `${args.join(' ')} then ended with ${command.code()}`;
  if (command.code() !== 0)
    return [`${said}: ${command.stderr()}${command.stdout()}`.slice(0, 600)];
  try {
    return isRight(JSON.parse(command.stdout())) ? [] : [`${said}, and wrong grades`];
  } catch {
    return [`${said}, and no document`];
  }
}

/** Of the code, which is right. */
function hasAllPoints(document: unknown): boolean {
  const { grades } = document as {
    grades: { exercises: { exercise: string; points: number; gradedWithSeed?: number }[] }[];
  };
  return (
    grades.length === 2 &&
    grades.every(({ exercises }) =>
      exercises.every(
        ({ points, gradedWithSeed }) => gradedWithSeed === undefined || points === 60,
      ),
    )
  );
}
