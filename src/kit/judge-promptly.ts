import { cannotJudge, isFailure } from './failure.ts';
import type { Probe } from './probe.ts';

/**
 * An answer of a server that uses a store beside it is judged where it came this soon. A server gives up a store that
 * does not reply, as it should, and does without; so soon none that is sensible has given up.
 */
const promptMs = 200;
const attempts = 5;
/** No further attempt is begun so long after the first: a check has 60 s. */
const longestMs = 20_000;

/**
 * Judges what rests on a store's reply. On a machine so busy that an answer took longer than 200 ms, the server may have
 * given up waiting for its store in between, which is no fault of it: what fails then is judged again, up to five
 * times, and ends by `cannotJudge` where no attempt was prompt. What passes, passes.
 * @param judge makes its own entries: what it asked for in an earlier attempt is not asked for again
 */
export async function judgePromptly(
  probe: Pick<Probe, 'clock' | 'slowestAnswerMs'>,
  judge: () => Promise<void>,
): Promise<void> {
  const { clock } = probe;
  const beganAtMs = clock.nowMs();
  let done = 0;
  for (; done < attempts && clock.nowMs() < beganAtMs + longestMs; done += 1) {
    const sinceMs = clock.nowMs();
    try {
      await judge();
      return;
    } catch (thrown) {
      if (!isFailure(thrown) || probe.slowestAnswerMs(sinceMs) <= promptMs) throw thrown;
    }
  }
  cannotJudge(`answers took longer than ${promptMs} ms, ${done} time${done === 1 ? '' : 's'}`);
}
