import { cannotJudge, isFailure } from './failure.ts';
import type { Probe } from './probe.ts';

/**
 * An answer of a server that uses a store beside it is judged where it came this soon. A server gives up a store that
 * does not reply, as it should, and does without; so soon none that is sensible has given up.
 */
const promptMs = 200;
/** A machine on which half of all looks took no longer keeps up well enough for one answer of several to be prompt. */
const calmMs = 50;
const attempts = 5;
/** No further attempt is begun so long after the first: a check has 60 s. */
const longestMs = 20_000;

/**
 * Judges what rests on a store's reply. On a machine so busy that an answer took longer than 200 ms, the server may have
 * given up waiting for its store in between, which is no fault of it: what fails then is judged again, up to five
 * times, and ends by `cannotJudge` where no attempt was prompt. What passes, passes. And what failed in two of the later
 * attempts, with every answer that slow while server and store answered half of all looks at them within 50 ms, fails:
 * it is the server that waits.
 * @param judge makes its own entries: what it asked for in an earlier attempt is not asked for again
 */
export async function judgePromptly(
  probe: Pick<Probe, 'clock' | 'answerTimesMs' | 'watchMachine'>,
  judge: () => Promise<void>,
): Promise<void> {
  const { clock } = probe;
  const beganAtMs = clock.nowMs();
  let done = 0;
  let waited = 0;
  for (; done < attempts && clock.nowMs() < beganAtMs + longestMs; done += 1) {
    const sinceMs = clock.nowMs();
    // The first attempt is mostly the only one: nothing else is to be asked meanwhile.
    const watch = done > 0 ? probe.watchMachine() : undefined;
    try {
      await judge();
      return;
    } catch (thrown) {
      const tookMs = probe.answerTimesMs(sinceMs);
      const prompt = tookMs.filter((each) => each <= promptMs).length;
      if (!isFailure(thrown) || prompt === tookMs.length) throw thrown;
      if (prompt === 0 && isCalm((await watch?.end()) ?? [])) waited += 1;
      if (waited === 2) throw thrown;
    } finally {
      await watch?.end();
    }
  }
  cannotJudge(`answers took longer than ${promptMs} ms, ${done} time${done === 1 ? '' : 's'}`);
}

function isCalm(looksMs: readonly number[]): boolean {
  const calm = looksMs.filter((each) => each <= calmMs).length;
  return calm > 0 && 2 * calm >= looksMs.length;
}
