import type { BenchTarget } from '../bench/measure.ts';
import type { Lab } from '../catalog/types.ts';
import { couldNotRun } from '../errors.ts';
import type { BenchReport, LeftOutVariant, Variant } from '../kit/index.ts';
import { isNotJudged } from '../probe/not-judged.ts';
import type { ProbedServer } from '../probe/probed-server.ts';
import type { ServerSet } from '../probe/server-set.ts';
import type { Stage } from '../probe/stage.ts';
import { endSentence } from '../probe/unanswered.ts';
import type { Program } from '../runtime/types.ts';

export interface VariantsOptions {
  lab: Lab;
  programOf(variant: Variant): Promise<Program>;
  /** Whose program it is. */
  server: BenchReport['server'];
}

/** The servers of a scenario's variants: one at a time for each. */
export interface VariantServers {
  /** Variants that this machine lacks something for. */
  leftOut: readonly LeftOutVariant[];
  /** The one that runs now. Throws for a variant that was left out. */
  target(variant: string): BenchTarget;
  /** Ends all of them for new ones, unless no round has had them. Throws (exit 3) where a new one does not start. */
  startAnew(): Promise<void>;
}

/** One variant, and the server of it that runs now. */
interface Launched {
  variant: Variant;
  set: ServerSet;
  server: ProbedServer;
}

/**
 * Starts a server for each variant, so that what does not start is known before anything is measured. Throws (exit 3)
 * where one does not, or where fewer than two variants are left.
 */
export async function launchVariants(
  { lab, programOf, server: whose }: VariantsOptions,
  stage: Stage,
): Promise<VariantServers> {
  const launched = new Map<string, Launched>();
  const leftOut: LeftOutVariant[] = [];

  const start = async ({ settings }: Variant, set: ServerSet): Promise<ProbedServer> => {
    const result = await set.launch(settings);
    if (result.kind === 'ready') return result.server;
    const trouble = await stage.trouble();
    if (trouble !== undefined) throw couldNotRun(trouble, 'Measure again.');
    const subject = whose === 'mine' ? 'Your server' : 'Our own server';
    throw couldNotRun(
      `${subject} did not start. ${result.failure.message}`,
      whose === 'mine' ? `More about it: course-labs check-answer ${lab.number}` : undefined,
    );
  };
  for (const variant of lab.scenario.variants) {
    const { name, label } = variant;
    const set = stage.openSet(await programOf(variant));
    const server = await start(variant, set).catch(reasonIfNotJudged);
    if (typeof server === 'string') leftOut.push({ variant: name, label, reason: server });
    else launched.set(name, { variant, set, server });
  }
  const [first] = leftOut;
  if (first && launched.size < 2) {
    throw couldNotRun(`There is nothing to compare without ${first.label}. ${first.reason}`);
  }

  let areNew = true;
  return {
    leftOut,
    target: (name) => {
      const found = launched.get(name);
      if (found === undefined) throw new Error(`no server of the variant ${name}`);
      return targetOf(found.server, stage);
    },
    startAnew: async () => {
      if (areNew) {
        areNew = false;
        return;
      }
      const renew = async (own: Launched) => {
        await own.server.kill();
        own.server = await start(own.variant, own.set);
      };
      // At once: on two cores that takes half the time. Whoever cleans up after a failure must find none still starting.
      const started = await Promise.allSettled([...launched.values()].map(renew));
      for (const each of started) if (each.status === 'rejected') throw each.reason;
    },
  };
}

function targetOf({ running }: ProbedServer, stage: Stage): BenchTarget {
  return {
    url: running.url,
    usage: () => running.usage(),
    lastError: () => running.lastError(),
    endedHow: () => endSentence(running),
    trouble: stage.trouble,
    logBytes: () => running.written(),
    originCount: () => stage.origin.count(),
    originIdle: () => stage.origin.idle(),
  };
}

/** What this machine lacks, in a sentence; anything else is thrown on. */
function reasonIfNotJudged(thrown: unknown): string {
  if (isNotJudged(thrown)) return thrown.reason;
  throw thrown;
}
