import { couldNotRun } from '../errors.ts';
import { type ExperimentResult, type ExperimentStep, isFailure } from '../kit/index.ts';
import { createProbe } from '../probe/probe.ts';
import { openStage, type Stage } from '../probe/stage.ts';
import { endSentence } from '../probe/unanswered.ts';
import type { Program, Runtime } from '../runtime/types.ts';

export interface RunExperimentOptions {
  step: ExperimentStep;
  /** The lab's own server, or the learner's. */
  program: Program;
  seed: number;
  runtime: Runtime;
  workFolder: string;
  signal: AbortSignal;
}

const again = 'Try again; if it stays so, it is a fault of course-labs.';

/** Runs an experiment on a stage of its own. Throws (exit 3) where the server does not start or does not answer. */
export async function runExperiment(options: RunExperimentOptions): Promise<ExperimentResult> {
  const { step, program, seed, runtime, workFolder, signal } = options;
  const stage = await openStage({ runtime, seed, workFolder });
  const subject = step.server === 'mine' ? 'Your server' : 'Our own server';
  try {
    await stage.origin.configure(step.origin);
    const set = stage.openSet(program);
    const launched = await set.launch(step.settings);
    if (launched.kind === 'failed') {
      throw couldNotRun(`${subject} did not start. ${launched.failure.message}`);
    }
    const probe = createProbe({ stage, set, server: launched.server, purpose: step.id, signal });
    const result = await step.run(probe);
    // One that breaks down may be what the experiment is about.
    const ended = set.servers().find((each) => each.endedFromOutside());
    if (ended) throw couldNotRun(`${subject} ended: ${endSentence(ended.running)}.`, again);
    await throwTrouble(stage);
    return result;
  } catch (thrown) {
    signal.throwIfAborted();
    // Whatever went wrong, with something of ours broken it comes from that.
    await throwTrouble(stage);
    if (!isFailure(thrown)) throw thrown;
    throw couldNotRun(
      `${subject} misbehaved: ${thrown.asked} should give ${thrown.expected} and gave ${thrown.actual}.`,
      step.server === 'mine' ? undefined : again,
    );
  } finally {
    await stage.close();
  }
}

async function throwTrouble(stage: Pick<Stage, 'trouble'>): Promise<void> {
  const trouble = await stage.trouble();
  if (trouble !== undefined) throw couldNotRun(trouble, again);
}
