import type { Measured } from './measured.ts';
import { sumOf } from './statistics.ts';

const whole = new Intl.NumberFormat('en-US');
const seconds = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/**
 * Why a measurement is not shown, as one sentence that starts with how many; undefined where nothing failed. Of
 * several reasons the most telling: what the server said, then what it did not say.
 */
export function refusalOf({ figures, statuses }: Measured): string | undefined {
  const { sent, answered, failures, durationSeconds } = figures;
  const { non2xx, timeouts, errors, mismatches, lost } = failures;
  const answers = sumOf(Object.values(statuses));
  if (non2xx > 0) return `${share(non2xx, answers, 'answer')} ${statusesOf(statuses, non2xx)}.`;
  if (errors > 0) return `${share(errors, sent, 'request')} met a broken connection.`;
  if (timeouts > 0) return `${share(timeouts, sent, 'request')} timed out.`;
  if (mismatches > 0) return `${share(mismatches, answers, 'answer')} had the wrong body.`;
  if (lost > 0) {
    return `${share(lost, sent, 'request')} got no answer: the server closed the connection.`;
  }
  if (answered === 0) {
    const within = `within ${seconds.format(durationSeconds)} s`;
    return `${share(0, sent, 'request')} ${was(0)} answered ${within}.`;
  }
  return undefined;
}

// The one status, or the most frequent of several.
function statusesOf(statuses: Measured['statuses'], non2xx: number): string {
  const [most, ...others] = Object.entries(statuses)
    .filter(([status]) => !status.startsWith('2'))
    .toSorted(([, a], [, b]) => b - a);
  if (most !== undefined && others.length === 0) return `${was(non2xx)} ${most[0]}`;
  const mostly = most && `, most of them ${most[0]} (${whole.format(most[1])})`;
  return `${was(non2xx)} not 2xx${mostly ?? ''}`;
}

function share(count: number, all: number, noun: string): string {
  return `${whole.format(count)} of ${whole.format(all)} ${noun}${all === 1 ? '' : 's'}`;
}

function was(count: number): string {
  return count === 1 ? 'was' : 'were';
}
