/** What the course must teach; the numbering is the module's own. */
export const objectives = {
  T1: 'say what server-side caching does for performance',
  T2: 'tell when caching fits and when it harms',
  T3: 'configure cache backends for development',
  T4: 'apply view-level (whole-response) caching and know its limits with signed-in users',
  T5: 'build per-user caching with a low-level cache API',
  T6: 'say what server-side logs are for in production',
  T7: 'configure logging: loggers, handlers, formatters, levels',
  T8: 'log events, errors and exceptions at the right level',
  T9: 'tell caching and logging apart as operational concerns',
  T10: 'log an authenticated API without giving secrets away',
  E1: 'the words of caching: backend, TTL, key, cache-aside',
  E2: 'in-memory caching against a production store such as Redis',
  E3: 'find and prevent leaks that come from bad cache keys',
  E4: 'reason about per-user cache strategies in token-authenticated APIs',
  E5: 'the words of logging: logger, handler, formatter, level',
  E6: 'DEBUG, INFO, WARNING, ERROR and CRITICAL, and which fits what',
  E7: 'add context to the logs of API views',
  E8: 'use logs for debugging, monitoring and incident response',
  E9: 'see the anti-patterns: too much logging, sensitive data in logs',
  E10: 'connect caching and logging decisions to reliability and maintainability',
} as const;

/** The id of one: `T1` to `T10`, `E1` to `E10`. */
export type ObjectiveId = keyof typeof objectives;

/** Objectives that are definitions: a graded question is enough for them, the others need graded code. */
export const definitional: readonly ObjectiveId[] = ['E1', 'E5'];
