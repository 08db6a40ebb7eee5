import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { couldNotRun, messageOf } from '../errors.ts';
import type { Clock, School } from '../kit/index.ts';
import { connectRegistrar, createSchool, type Registrar } from '../registrar/index.ts';
import type { Program, Runtime, Service } from '../runtime/types.ts';
import { createServerSet, type ServerSet } from './server-set.ts';
import { createStageLoad, type StageLoad } from './stage-load.ts';
import { createStageRedis, type StageRedis } from './stage-redis.ts';
import { monotonicClock as clock, poll } from './waiting.ts';

export interface StageOptions {
  runtime: Runtime;
  seed: number;
  /** A folder of the stage's own is made in it, and removed by `close`. */
  workFolder: string;
  /** Servers reach Redis directly, and what they send is not seen: for benchmarks. */
  directRedis?: boolean;
}

/** A school with its registrar, and room for servers to be launched against it. */
export interface Stage {
  readonly seed: number;
  readonly school: School;
  readonly origin: Registrar;
  readonly clock: Clock;
  /** The registrar's process, for its use of the machine. */
  readonly service: Service;
  /** Started when a server or a probe first needs it. */
  readonly redis: StageRedis;
  /** Sends storms. */
  readonly load: Pick<StageLoad, 'storm'>;
  /** Room for servers of one program; closed with the stage. */
  openSet(program: Program): ServerSet;
  /** The registrar as it was at the start: rows, counts, rules. Redis answers, and is empty. Servers go on running. */
  reset(): Promise<void>;
  /**
   * Ends all servers and resets, for a program that has nothing to do with those before it: what they had sent is over,
   * too. Throws where the stage cannot be made so; it is of no use then.
   */
  clear(): Promise<void>;
  /** One sentence, when something of ours is broken, so that nothing that was seen may be held against an answer. */
  trouble(): Promise<string | undefined>;
  /** Ends the servers, the load process, Redis and the registrar, and removes the files. Safe to call twice. */
  close(): Promise<void>;
}

/** How long the registrar may take to answer its control channel before it counts as stuck. */
const answerLimitMs = 10_000;

/** How long calls that are under way are waited for before a reset cuts them off. */
const idleLimitMs = 2_000;

/** Starts a registrar for the seed. Throws (exit 3) when it does not start. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const { runtime, seed, workFolder, directRedis = false } = options;
  await mkdir(workFolder, { recursive: true });
  const folder = await mkdtemp(join(workFolder, 'stage-'));
  const sets: ServerSet[] = [];
  let opened = 0;
  const redis = createStageRedis({ runtime, clock, folder, direct: directRedis });
  const service = await runtime.startService('registrar', [String(seed)]);
  const load = createStageLoad(runtime);
  let closing: Promise<void> | undefined;
  const close = async () => {
    await Promise.all([load.close(), ...sets.map((set) => set.close())]);
    await redis.close();
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const origin = await connectRegistrar(service).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const school = createSchool(seed);
  const reset = async () => {
    for (const server of sets.flatMap((set) => set.servers())) server.closeConnections();
    // What a server still asks in the background is let go and waited for: it is no part of what comes next.
    await origin.clearRules();
    const isIdle = async () => (await origin.inFlight()) === 0;
    await poll(isIdle, clock.nowMs() + idleLimitMs, { clock });
    await origin.reset();
    await redis.reset();
  };

  return {
    seed,
    school,
    origin,
    clock,
    service,
    redis,
    load,
    openSet: (program) => {
      opened += 1;
      const set = createServerSet({
        runtime,
        program,
        school,
        clock,
        registrarUrl: origin.url,
        redis,
        folder: join(folder, `set-${opened}`),
      });
      sets.push(set);
      return set;
    },
    reset,
    clear: async () => {
      await Promise.all(sets.splice(0).map((set) => set.close()));
      await origin.clearRules();
      if (!(await poll(() => isLeft(origin), clock.nowMs() + idleLimitMs, { clock })))
        throw couldNotRun('The registrar still has clients, and all servers have ended.');
      await reset();
    },
    trouble: async () => (await troubleOf(origin)) ?? redis.trouble(),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** No client is connected. Looked at twice: one that had come before the first look is taken in by the second. */
async function isLeft(origin: Registrar): Promise<boolean> {
  return (await origin.hangUp()) === 0 && (await origin.hangUp()) === 0;
}

/** Asks the registrar something small: one that is dead or stuck explains any failure of an answer. */
async function troubleOf(origin: Registrar): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<string>((resolve) => {
    const seconds = answerLimitMs / 1000;
    timer = setTimeout(resolve, answerLimitMs, `The registrar did not answer within ${seconds} s.`);
  });
  const asked = origin.count().then(() => undefined, messageOf);
  return Promise.race([asked, limit]).finally(() => clearTimeout(timer));
}
