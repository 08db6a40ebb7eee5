import { runBench } from '../bench/bench.ts';
import { createMeasure } from '../bench/measure.ts';
import type { Lab } from '../catalog/types.ts';
import type { BenchOptions, BenchReport, Variant } from '../kit/index.ts';
import { connectLoad } from '../load/client.ts';
import { readyOrigin } from '../probe/ready-origin.ts';
import { openStage } from '../probe/stage.ts';
import type { Program, Runtime } from '../runtime/types.ts';
import type { OnWorking } from './tools.ts';
import { launchVariants } from './variant-servers.ts';

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
 * Measures the variants of a lab's scenario against each other: one registrar, one load process, for each variant a
 * server in every round. A variant that this machine lacks something for is left out. Throws (exit 3) where a server does not start,
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
    const { leftOut, ...servers } = await launchVariants(measuring, stage);
    const isLeftOut = new Set(leftOut.map(({ variant }) => variant));
    const variants = scenario.variants.filter(({ name }) => !isLeftOut.has(name));
    const requests = scenario.requests(stage.school);
    const labels = new Map(variants.map(({ name, label }) => [name, label]));
    return await runBench({
      title: scenario.title(stage.school),
      server: measuring.server,
      path: requests[0]?.path ?? '/',
      variants,
      ...(leftOut.length > 0 && { leftOut }),
      options,
      startAnew: servers.startAnew,
      measure: createMeasure({
        load,
        requests,
        stableBody: scenario.stableBody,
        target: servers.target,
      }),
      load,
      onProgress: ({ variant, round, rounds, fraction }) => {
        const part =
          round === undefined ? 'Warming up' : `Measuring, round ${round + 1} of ${rounds}`;
        onWorking(`${part}: ${labels.get(variant) ?? variant}`, fraction);
      },
      ...(measuring.onRound && { onRound: measuring.onRound }),
      signal,
    });
  } finally {
    await service.stop();
    await stage.close();
  }
}
