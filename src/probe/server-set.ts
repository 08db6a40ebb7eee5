import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, School, ServerSettings } from '../kit/index.ts';
import type { LaunchOptions, Program, Runtime, StartFailure } from '../runtime/types.ts';
import { createSubjectLedger, type SubjectLedger } from './fresh-subjects.ts';
import { createProbedServer, type ProbedServer } from './probed-server.ts';
import type { StageRedis } from './stage-redis.ts';

/** Servers of one program that belong together, for one check or one group: one CACHE_DIR, one ledger of subjects. */
export interface ServerSet {
  readonly subjects: SubjectLedger;
  /** In order of launch, those that ended included. */
  servers(): readonly ProbedServer[];
  /** Throws what is our own fault (a CourseError), and `NotJudged` where this machine lacks what `settings` need. */
  launch(settings: ServerSettings, place?: LaunchPlace): Promise<SetLaunch>;
  /** Kills its servers and removes its files. Safe to call twice. */
  close(): Promise<void>;
}

/** Where a launch differs from any other: for `serve` and the live view of logs. */
export type LaunchPlace = Pick<LaunchOptions, 'port' | 'inspectPort' | 'keptBytes' | 'onLine'>;

export type SetLaunch =
  | { kind: 'ready'; server: ProbedServer }
  | { kind: 'failed'; failure: StartFailure };

export interface ServerSetOptions {
  runtime: Runtime;
  program: Program;
  school: School;
  clock: Clock;
  registrarUrl: string;
  /** Opened by the first launch that needs it. */
  redis: Pick<StageRedis, 'url'>;
  /** Made when it is needed; for CACHE_DIR and ERROR_LOG. */
  folder: string;
}

export function createServerSet(options: ServerSetOptions): ServerSet {
  const { runtime, program, school, clock, registrarUrl, redis, folder } = options;
  const subjects = createSubjectLedger(school);
  const servers: ProbedServer[] = [];
  let launches = 0;

  const launch: ServerSet['launch'] = async (settings, place) => {
    const launched = await launchOnce(settings, place);
    // What others have ended once may start all the same; what ends itself does so again.
    const again = launched.kind === 'failed' && launched.failure.reason === 'killed';
    return again ? launchOnce(settings, place) : launched;
  };
  const launchOnce: ServerSet['launch'] = async (settings, place = {}) => {
    const redisUrl = settings.cacheBackend === 'redis' ? await redis.url() : undefined;
    launches += 1;
    const given = await places(settings);
    const result = await runtime.launch({
      program,
      settings,
      registrarUrl,
      ...(redisUrl !== undefined && { redisUrl }),
      ...given,
      ...place,
    });
    if (result.kind === 'failed') return result;
    const { server: running } = result;
    const server = createProbedServer({
      running,
      settings,
      errorLogFile: given.errorLogFile,
      clock,
      onRequest: subjects.note,
    });
    servers.push(server);
    return { kind: 'ready', server };
  };

  /** CACHE_DIR is one for the set, so that a restart finds its files; ERROR_LOG is fresh for each launch, alone in its folder. */
  const places = async (
    settings: ServerSettings,
  ): Promise<Pick<LaunchOptions, 'cacheDir' | 'errorLogFile'>> => {
    await mkdir(folder, { recursive: true });
    return {
      ...(settings.cacheBackend === 'file' && { cacheDir: join(folder, 'cache') }),
      ...(settings.errorLog && { errorLogFile: join(folder, `log-${launches}`, 'error.log') }),
    };
  };

  return {
    subjects,
    servers: () => servers,
    launch,
    close: async () => {
      for (const server of servers) server.closeConnections();
      await Promise.all(
        servers.filter(({ running }) => !running.ended()).map((each) => each.kill()),
      );
      await rm(folder, { recursive: true, force: true });
    },
  };
}
