import type { Failure, ServerSettings } from '../kit/index.ts';
import type { StartFailure } from '../runtime/types.ts';

/** A server that starts with other settings did not start with these: a failure of the check that needs them. */
export function startFailureAsFailure(failure: StartFailure, settings: ServerSettings): Failure {
  const given = describeSettings(settings);
  return {
    kind: 'failure',
    rationale:
      'A server that cannot start after a change of its settings is an outage at the next deployment.',
    asked: given === '' ? 'a start' : `a start with ${given}`,
    expected: 'an answer on /healthz within 30 s',
    actual: failure.message,
  };
}

/** The settings in the words of the server contract; those that nobody changed are left out. */
function describeSettings(settings: ServerSettings): string {
  const names: readonly [keyof ServerSettings, string][] = [
    ['cacheBackend', 'CACHE_BACKEND'],
    ['cacheTtlSeconds', 'CACHE_TTL_S'],
    ['cacheNegativeTtlSeconds', 'CACHE_NEGATIVE_TTL_S'],
    ['cacheGraceSeconds', 'CACHE_GRACE_S'],
    ['cacheMaxEntries', 'CACHE_MAX_ENTRIES'],
    ['logLevel', 'LOG_LEVEL'],
    ['instance', 'INSTANCE'],
  ];
  const given = names.flatMap(([key, name]) =>
    settings[key] === undefined ? [] : [`${name}=${settings[key]}`],
  );
  return [...given, ...(settings.errorLog ? ['ERROR_LOG'] : [])].join(' ');
}
