import { runBench } from '../bench/bench.ts';
import { type BenchTarget, createMeasure } from '../bench/measure.ts';
import type { Lab } from '../catalog/types.ts';
import { couldNotRun } from '../errors.ts';
import type { BenchOptions, BenchReport, Variant } from '../kit/index.ts';
import { connectLoad } from '../load/client.ts';
import { readyOrigin } from '../probe/ready-origin.ts';
import { openStage, type Stage } from '../probe/stage.ts';
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
 * variant. Throws (exit 3) where a server does not start.
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
    const targets = await launchVariants(measuring, stage);
    const requests = scenario.requests(stage.school);
    const labels = new Map(scenario.variants.map(({ name, label }) => [name, label]));
    return await runBench({
      title: scenario.title(stage.school),
      server: measuring.server,
      path: requests[0]?.path ?? '/',
      variants: scenario.variants,
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
): Promise<ReadonlyMap<string, BenchTarget>> {
  const targets = new Map<string, BenchTarget>();
  for (const variant of lab.scenario.variants) {
    const { name, settings } = variant;
    const launched = await stage.openSet(await programOf(variant)).launch(settings);
    if (launched.kind === 'failed') {
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
      originCount: () => stage.origin.count(),
      originIdle: () => stage.origin.idle(),
    });
  }
  return targets;
}
