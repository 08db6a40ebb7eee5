import { createRandom, type Probe, type Server, type ServerSettings } from '../kit/index.ts';
import { watchMachine } from './machine-watch.ts';
import { redisIsMissing } from './not-judged.ts';
import { createProbeRedis } from './probe-redis.ts';
import type { ProbedServer } from './probed-server.ts';
import { sendStorm } from './send-storm.ts';
import type { ServerSet } from './server-set.ts';
import type { Stage } from './stage.ts';
import { startFailureAsFailure } from './start-failure.ts';
import { poll, waitUntil } from './waiting.ts';

export interface ProbeOptions {
  stage: Stage;
  set: ServerSet;
  /** The server that is asked; one of the set. */
  server: ProbedServer;
  /** What its randomness is for: the check's id, or the step's. */
  purpose: string;
  /** Ends every wait of the probe. */
  signal?: AbortSignal | undefined;
}

/** What one check or experiment observes with. Further servers stay until the set is closed, or `endFurther`. */
export interface OwnedProbe extends Probe {
  /** Kills the servers that this probe launched. */
  endFurther(): Promise<void>;
}

export function createProbe({ stage, set, server, purpose, signal }: ProbeOptions): OwnedProbe {
  const { seed, school, origin, clock } = stage;
  const waiting = { clock, signal };
  const redis = createProbeRedis(stage.redis, signal);
  const further: ProbedServer[] = [];

  /** As the first server was launched, with `settings` over it. */
  const launch = async (settings: ServerSettings = {}): Promise<Server> => {
    signal?.throwIfAborted();
    const all = { ...server.settings, ...settings };
    const result = await set.launch(all);
    if (result.kind === 'failed') throw startFailureAsFailure(result.failure, all);
    further.push(result.server);
    return result.server;
  };

  const looks = () => [
    ...set.servers().flatMap((each) => (each.running.ended() ? [] : [each.look])),
    stage.redis.trouble,
  ];

  return {
    seed,
    random: createRandom(seed, purpose),
    school,
    origin,
    server,
    clock,
    hasRedis: stage.redis.exists,
    get redis() {
      if (!stage.redis.exists) throw redisIsMissing;
      return redis;
    },
    launch,
    storm: (target, storm) => sendStorm({ stage, set, signal }, target, storm),
    answerTimesMs: (sinceMs) => set.servers().flatMap((each) => each.answerTimesMs(sinceMs)),
    watchMachine: () => watchMachine(looks, waiting),
    freshSubjects: set.subjects.take,
    waitUntil: (momentMs) => waitUntil(momentMs, waiting),
    poll: (condition, untilMs) => poll(condition, untilMs, waiting),
    endFurther: async () => {
      for (const each of further) each.closeConnections();
      await Promise.all(
        further.filter(({ running }) => !running.ended()).map((each) => each.kill()),
      );
    },
  };
}
