import type { Victim } from './fault-cases.ts';

/** How a command ended below which something was killed. */
export interface EndedCommand {
  /** Undefined: it did not end within the limit. */
  code: number | null | undefined;
  /** All that it wrote, to both streams. */
  text: string;
  /** What it wrote to stderr before the kill, and after it. */
  errorTextBefore: string;
  errorTextAfter: string;
}

/** Whole sentences: lessons and tables speak of all of these, too. */
const names: Readonly<Partial<Record<Victim, RegExp>>> = {
  registrar: /The registrar (\(.*?\) ended \(SIGKILL\)|cannot be reached|did not start)/,
  load: /The load process ended \(SIGKILL\)/,
  redis: /(redis|valkey)-server (of the course ended by SIGKILL|\(.*?\) did not start)/,
  server: /the server (was )?ended by SIGKILL/i,
};

/** A measurement may have been begun in the moment of the kill; the next one is too much. */
const mostMeasured = 1;

const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '');
const isMeasurement = (line: string) => line.includes('Measuring, ');
const roundOf = (line: string | undefined) => /Measuring, (round \d+)/.exec(line ?? '')?.[1];

/**
 * `told`: could not run (3), and it says what died. `unharmed`: ended as if nothing had been, which a keeper's end must
 * come to and anything else's may, where it was needed no longer or was replaced. Otherwise what is wrong, in a sentence.
 * The answers are right, so a command that judges them (1) wrongs the learner.
 */
export function judgeEnd(
  victim: Exclude<Victim, 'command' | 'command and keeper'>,
  { code, text, errorTextBefore, errorTextAfter }: EndedCommand,
): { kind: 'told' | 'unharmed' } | { kind: 'wrong'; what: string } {
  const wrong = (what: string) => ({ kind: 'wrong', what }) as const;
  if (code === undefined) return wrong('did not end');
  if (code === 1) return wrong('a right answer was rejected');
  if (code !== 0 && (code !== 3 || victim === 'keeper')) return wrong(`exit code ${code}`);
  if (code === 0) {
    const after = linesOf(errorTextAfter);
    const last = linesOf(errorTextBefore).at(-1);
    // Those of this benchmark, and with this server: a run has further benchmarks, with processes of their own, and each
    // round has servers of its own.
    const isOfOthers = (line: string) =>
      !isMeasurement(line) || (victim === 'server' && roundOf(line) !== roundOf(last));
    const other = after.findIndex(isOfOthers);
    const measured = other < 0 ? after.length : other;
    // A server that is only starting is launched again.
    const isReplaced = victim === 'server' && !isMeasurement(last ?? '');
    if (victim === 'keeper' || isReplaced || measured <= mostMeasured) return { kind: 'unharmed' };
    return wrong(`${measured} measurements were made without it, and their figures shown`);
  }
  // A screen breaks its lines anywhere.
  const words = text.replace(/\s+/g, ' ');
  return names[victim]?.test(words) ? { kind: 'told' } : wrong(`does not say that ${victim} died`);
}
