import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runBench } from '../src/bench/bench.ts';
import { type BenchTarget, createMeasure } from '../src/bench/measure.ts';
import { loadCatalog } from '../src/catalog/load-catalog.ts';
import type { BenchOptions, BenchReport } from '../src/kit/index.ts';
import { measureLab } from '../src/lesson/measure-lab.ts';
import { prepareDemonstration } from '../src/lesson/programs.ts';
import { endSentence } from '../src/probe/unanswered.ts';
import { type RunningServer, useQuickPackages } from '../src/runtime/index.ts';
import { connections, type Place, withLoad } from './computing-server.ts';

/** One whole benchmark: a fresh load process, rounds with fresh servers, a report. */
export type Benchmark = (options: BenchOptions) => Promise<BenchReport>;

/** A server that computes `steps` against one that computes `base`. */
export function computingBenchmark(place: Place, base: number, steps: number): Benchmark {
  const stepsOf: Readonly<Record<string, number>> = { first: base, second: steps };
  return (options) =>
    withLoad(place, (start, load) => {
      const servers = new Map<string, RunningServer>();
      return runBench({
        title: 'GET /',
        server: 'demonstration',
        path: '/',
        variants: [
          { name: 'first', label: `${base} steps` },
          { name: 'second', label: `${steps} steps` },
        ],
        options: { ...options, connections },
        startAnew: async () => {
          const renew = async ([variant, of]: readonly [string, number]) => {
            await servers.get(variant)?.kill();
            servers.set(variant, await start(of));
          };
          await Promise.all(Object.entries(stepsOf).map(renew));
        },
        measure: createMeasure({
          load,
          requests: [{ path: '/' }],
          stableBody: true,
          target: (variant) => targetOf(servers.get(variant) as RunningServer),
        }),
        load,
      });
    });
}

/** It has no origin. */
function targetOf(server: RunningServer): BenchTarget {
  return {
    url: server.url,
    usage: () => server.usage(),
    lastError: () => server.lastError(),
    endedHow: () => endSentence(server),
    trouble: async () => undefined,
    logBytes: () => server.written(),
    originCount: async () => 0,
    originIdle: async () => {},
  };
}

/** The server of lab 1 with its cache against the very same, as `bench 1` runs it. No entry expires meanwhile. */
export async function cachedBenchmark(
  { runtime, folder }: Place,
  root: string,
): Promise<Benchmark> {
  const kit = pathToFileURL(join(root, 'dist', 'kit.js')).href;
  const { labs } = await loadCatalog({
    folders: [{ source: join(root, 'labs'), built: join(root, 'dist', 'labs') }],
    compiler: { kit, workFolder: folder },
  });
  const lab = labs.find(({ number }) => number === 1);
  if (lab === undefined) throw new Error('there is no lab 1');
  const buildFolder = join(folder, 'builds');
  await useQuickPackages(buildFolder, join(root, 'dist', 'packages'));
  const program = await prepareDemonstration({ lab, root, folder: lab.folder, buildFolder });
  const settings = { cacheTtlSeconds: 600, logLevel: 'warn' } as const;
  const twice = {
    ...lab,
    scenario: {
      ...lab.scenario,
      variants: [
        { name: 'first', label: 'cache on', settings },
        { name: 'second', label: 'cache on', settings },
      ] as const,
    },
  };
  return (options) =>
    measureLab({
      lab: twice,
      programOf: async () => program,
      server: 'demonstration',
      seed: 4711,
      options: { ...options, connections: lab.scenario.connections },
      runtime,
      workFolder: folder,
      onWorking: () => {},
      signal: new AbortController().signal,
    });
}
