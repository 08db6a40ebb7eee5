import { displayWidth } from './display-width.ts';
import { count } from './format.ts';
import { asTyped, commandLines, paragraph, screen, stack } from './layout.ts';
import { indent, pad, wrap } from './text.ts';
import type { Theme } from './theme.ts';

/** One thing that was looked at. */
export interface DoctorLine {
  /** Fine; missing (the course works without it); broken (it must be repaired first). */
  state: 'fine' | 'missing' | 'broken';
  /** `Redis` */
  label: string;
  /** What was found. */
  text: string;
  /** What to do, one sentence or command a line. */
  advice?: readonly string[];
}

export interface DoctorModel {
  lines: readonly DoctorLine[];
}

/** What this machine has, what it lacks, and what to do about it. */
export const renderDoctor = screen<DoctorModel>(({ lines }, theme) => {
  const marks = Math.max(...lines.map(({ state }) => displayWidth(mark(state, theme))));
  const labels = Math.max(...lines.map(({ label }) => displayWidth(label)));
  const rows = lines.flatMap((line) => lineOf(line, marks, labels, theme));
  const broken = lines.some(({ state }) => state === 'broken');
  const next = broken
    ? { label: 'Look again', command: `${theme.program} doctor` }
    : { label: 'Begin', command: `${theme.program} start` };
  return stack(paragraph(answer(lines), theme), rows, commandLines([next], theme));
});

function answer(lines: readonly DoctorLine[]): string {
  const broken = lines.filter(({ state }) => state === 'broken').length;
  const missing = lines.filter(({ state }) => state === 'missing').length;
  const lacks = `${count(missing, 'thing')} ${missing === 1 ? 'is' : 'are'} missing`;
  if (broken > 0) {
    const repair = `${count(broken, 'thing')} must be repaired before the labs can run`;
    return missing > 0 ? `${repair}; ${lacks}.` : `${repair}.`;
  }
  return missing > 0
    ? `The labs can run here; ${lacks}.`
    : 'Everything is fine: the labs can run here.';
}

function lineOf(line: DoctorLine, marks: number, labels: number, theme: Theme): string[] {
  if (theme.plain) {
    const advice = (line.advice ?? []).map((text) => asTyped(text, theme));
    return [
      ...wrap(`${mark(line.state, theme)} ${line.label}: ${line.text}`, theme.room),
      ...advice.flatMap((text) => indent(wrap(text, theme.room - 2), '  ')),
    ];
  }
  const before = `${pad(mark(line.state, theme), marks)} ${pad(line.label, labels)}  `;
  const columns = displayWidth(before);
  const [first = '', ...rest] = wrap(line.text, theme.room - columns);
  // Advice holds commands and addresses: in a narrow place it starts under the label, so that they stay whole.
  const margin = theme.room < 80 ? marks + 1 : columns;
  const advice = (line.advice ?? []).flatMap((text) =>
    indent(wrap(asTyped(text, theme), theme.room - margin), ' '.repeat(margin)),
  );
  return [before + first, ...indent(rest, ' '.repeat(columns)), ...advice];
}

function mark(state: DoctorLine['state'], { style, symbols }: Theme): string {
  if (state === 'fine') return style.good(symbols.passed);
  return state === 'missing' ? style.warn(symbols.missing) : style.bad(symbols.failed);
}
