import { get } from 'node:http';
import { host } from './environment.ts';

/** How a wait for a server ended. */
export type Readiness = 'ready' | 'ended' | 'timed-out';

/** The time between two requests while nobody listens: 10 ms, and on a slow machine a share of what it took already. */
const [shortestPauseMs, pauseShare] = [10, 0.05];
/** A server may take a request and never answer it; the next one has a fresh chance. */
const answerWithinMs = 10_000;

/** Asks `/healthz` until any HTTP answer comes, the program has ended, or the time is up. */
export async function waitUntilReady(options: {
  port: number;
  ended: () => boolean;
  withinMs: number;
}): Promise<Readiness> {
  const startedAt = performance.now();
  const until = startedAt + options.withinMs;
  while (performance.now() < until) {
    if (options.ended()) return 'ended';
    const left = Math.max(1, until - performance.now());
    const answered = await answers(options.port, Math.min(left, answerWithinMs));
    // Whoever answered, it was not a program that has ended.
    if (answered) return options.ended() ? 'ended' : 'ready';
    const pauseMs = Math.max(shortestPauseMs, (performance.now() - startedAt) * pauseShare);
    await new Promise((resolve) => setTimeout(resolve, Math.min(pauseMs, answerWithinMs)));
  }
  return options.ended() ? 'ended' : 'timed-out';
}

/** When the program ends, its connections break, so nothing here has to watch for that. */
function answers(port: number, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(Math.ceil(withinMs));
    const request = get({ host, port, path: '/healthz', agent: false, signal }, (response) => {
      response.on('error', () => {});
      response.resume();
      resolve(true);
    });
    request.on('error', () => resolve(false));
  });
}
