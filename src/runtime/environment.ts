import type { LaunchOptions } from './types.ts';

/** Every program listens here: nothing of a lab is to be reached from outside. */
export const host = '127.0.0.1';

/** PATH, HOME and LANG: what a program gets of our own environment. */
export function baseEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  return given({ PATH: environment.PATH, HOME: environment.HOME, LANG: environment.LANG });
}

/** The variables of the server contract; those without a value are not set. */
export function contractEnvironment(
  options: Omit<LaunchOptions, 'program' | 'port'>,
  port: number,
): Record<string, string> {
  const { settings } = options;
  return given({
    HOST: host,
    PORT: port,
    REGISTRAR_URL: options.registrarUrl,
    CACHE_BACKEND: settings.cacheBackend ?? 'memory',
    CACHE_TTL_S: settings.cacheTtlSeconds ?? 60,
    CACHE_NEGATIVE_TTL_S: settings.cacheNegativeTtlSeconds ?? 30,
    CACHE_GRACE_S: settings.cacheGraceSeconds,
    CACHE_MAX_ENTRIES: settings.cacheMaxEntries ?? 10_000,
    CACHE_DIR: options.cacheDir,
    REDIS_URL: options.redisUrl,
    LOG_LEVEL: settings.logLevel ?? 'info',
    ERROR_LOG: options.errorLogFile,
    INSTANCE: settings.instance ?? 'a',
  });
}

function given(values: Record<string, string | number | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  );
}
