import type { BenchRefused, LoadFailures } from '../kit/index.ts';
import { commandLines, type NextCommand, paragraph, stack } from './layout.ts';
import type { Theme } from './theme.ts';

/** Why a run is not shown, why that matters, and how to see the failure. */
export function refusedLines(
  report: BenchRefused,
  seeIt: readonly NextCommand[],
  theme: Theme,
): string[] {
  const reason = /[.!?]$/.test(report.reason) ? report.reason : `${report.reason}.`;
  const where = `It happened with the variant "${report.variant}", in round ${report.round + 1} of ${report.options.rounds}.`;
  const first =
    report.serverError === undefined ? [] : [`The server's last error: ${report.serverError}`];
  return stack(
    paragraph(`${theme.style.bad('This run is not shown:')} ${reason}`, theme),
    [why(report.failures), where, ...first].flatMap((text) => paragraph(text, theme)),
    commandLines(seeIt, theme),
  );
}

function why(failures: LoadFailures): string {
  if (failures.non2xx > 0) return 'A broken route looks fast: an error is quickly made.';
  if (failures.mismatches > 0) return 'A wrong answer is no answer, however fast it comes.';
  if (failures.timeouts > 0)
    return 'Answers that never came have no latency: the rest would look too good.';
  if (failures.errors > 0) return 'Connections broke, so the figures would tell of the rest alone.';
  return 'Requests were lost, so the figures would tell of the rest alone.';
}
