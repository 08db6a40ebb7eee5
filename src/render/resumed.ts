import { enumerate } from './format.ts';
import { commandLines, paragraph, screen, stack } from './layout.ts';

/** A guided run that is gone on with. */
export interface ResumedModel {
  /** Its number. */
  lab: number;
  /** Machines other than this one on which the run was measured. */
  machines: readonly string[];
  /** Logs of the run's experiments are not here: they are not handed on with the workspace. */
  logsMissing: boolean;
}

/** How to go on with something that was left open. */
export interface OpenEndModel {
  sentence: string;
  command: string;
}

/** A sentence, and the command that goes on. */
export const renderOpenEnd = screen<OpenEndModel>(({ sentence, command }, theme) => [
  ...paragraph(sentence, theme),
  ...commandLines([{ label: 'Go on', command }], theme),
]);

/** Says that the run goes on where it was left, and what is different where it came from another machine. */
export const renderResumed = screen<ResumedModel>(({ lab, machines, logsMissing }, theme) => {
  const logs = logsMissing
    ? 'The log files of this run are not here, as git leaves them out: questions about them need the machine that they are on, or a run from the first step.'
    : '';
  const figures =
    machines.length === 0
      ? ''
      : `This run was measured on another machine (${enumerate(machines)}). Its figures stay as they are, and your questions are about them; what is measured from here on comes from this machine. Do not compare answers a second of the two.`;
  return stack(
    paragraph(`Back in lab ${lab}, where you left it.`, theme),
    paragraph(figures, theme).filter(Boolean),
    paragraph(logs, theme).filter(Boolean),
    commandLines(
      [{ label: 'From the first step', command: `${theme.program} run ${lab} --restart` }],
      theme,
    ),
  );
});
