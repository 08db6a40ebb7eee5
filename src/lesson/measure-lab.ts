import { runBench } from '../bench/bench.ts';
import { type BenchTarget, createMeasure } from '../bench/measure.ts';
import type { Lab } from '../catalog/types.ts';
import { couldNotRun } from '../errors.ts';
import type { BenchOptions, BenchReport, LeftOutVariant, Variant } from '../kit/index.ts';
import { connectLoad } from '../load/client.ts';
import { isNotJudged } from '../probe/not-judged.ts';
import { readyOrigin } from '../probe/ready-origin.ts';
import { openStage, type Stage } from '../probe/stage.ts';
import { endSentence } from '../probe/unanswered.ts';
import type { Program, Runtime } from '../runtime/types.ts';
import type { OnWorking } from './tools.ts';

export interface MeasureLabOptions {
  lab: Lab;
  programOf(variant: Variant): Promise<Program>;
  /** Whose program it is. */
  server: BenchReport['server'];
  seed: number;
  options: BenchOptions;
  runtime: Runtime;
  workFolder: string;
  onWorking: OnWorking;
  /** Called after every round with what was measured until then. */
  onRound?: (report: BenchReport) => Promise<void>;
  signal: AbortSignal;
}

/**
 * Measures the variants of a lab's scenario against each other: one registrar, one load process, a server for each
 * variant. A variant that this machine lacks something for is left out. Throws (exit 3) where a server does not start,
 * or fewer than two variants are left.
 */
export async function measureLab(measuring: MeasureLabOptions): Promise<BenchReport> {
  const { lab, runtime, seed, workFolder, options, onWorking, signal } = measuring;
  const { scenario } = lab;
  onWorking('Starting the school, the servers and the load');
  const stage = await openStage({ runtime, seed, workFolder, directRedis: true });
  const service = await runtime.startService('load');
  try {
    await readyOrigin(stage, scenario);
    const load = connectLoad(service);
    const { targets, leftOut } = await launchVariants(measuring, stage);
    const variants = scenario.variants.filter(({ name }) => targets.has(name));
    const requests = scenario.requests(stage.school);
    const labels = new Map(variants.map(({ name, label }) => [name, label]));
    return await runBench({
      title: scenario.title(stage.school),
      server: measuring.server,
      path: requests[0]?.path ?? '/',
      variants,
      ...(leftOut.length > 0 && { leftOut }),
      options,
      measure: createMeasure({
        load,
        requests,
        stableBody: scenario.stableBody,
        target: (variant) => targets.get(variant) as BenchTarget,
      }),
      load,
      onProgress: ({ variant, round, rounds, fraction }) => {
        const part = round === undefined ? 'warm-up' : `round ${round + 1} of ${rounds}`;
        onWorking(`Measuring, ${part}: ${labels.get(variant) ?? variant}`, fraction);
      },
      ...(measuring.onRound && { onRound: measuring.onRound }),
      signal,
    });
  } finally {
    await service.stop();
    await stage.close();
  }
}

async function launchVariants(
  { lab, programOf, server: whose }: MeasureLabOptions,
  stage: Stage,
): Promise<{ targets: ReadonlyMap<string, BenchTarget>; leftOut: readonly LeftOutVariant[] }> {
  const targets = new Map<string, BenchTarget>();
  const leftOut: LeftOutVariant[] = [];
  for (const variant of lab.scenario.variants) {
    const { name, label, settings } = variant;
    const set = stage.openSet(await programOf(variant));
    const launched = await set.launch(settings).catch(reasonIfNotJudged);
    if (typeof launched === 'string') {
      leftOut.push({ variant: name, label, reason: launched });
      continue;
    }
    if (launched.kind === 'failed') {
      const trouble = await stage.trouble();
      if (trouble !== undefined) throw couldNotRun(trouble, 'Measure again.');
      const subject = whose === 'mine' ? 'Your server' : 'Our own server';
      throw couldNotRun(
        `${subject} did not start. ${launched.failure.message}`,
        whose === 'mine' ? `More about it: course-labs check-answer ${lab.number}` : undefined,
      );
    }
    const { running } = launched.server;
    targets.set(name, {
      url: running.url,
      usage: () => running.usage(),
      lastError: () => running.lastError(),
      endedHow: () => endSentence(running),
      trouble: stage.trouble,
      logBytes: () => running.written(),
      originCount: () => stage.origin.count(),
      originIdle: () => stage.origin.idle(),
    });
  }
  const [first] = leftOut;
  if (first && targets.size < 2) {
    throw couldNotRun(`There is nothing to compare without ${first.label}. ${first.reason}`);
  }
  return { targets, leftOut };
}

/** What this machine lacks, in a sentence; anything else is thrown on. */
function reasonIfNotJudged(thrown: unknown): string {
  if (isNotJudged(thrown)) return thrown.reason;
  throw thrown;
}
