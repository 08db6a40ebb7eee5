import type { Failure, ProbeRequest, ProcessEnd } from '../kit/index.ts';
import type { RunningServer, ServerError } from '../runtime/types.ts';
import type { Exchange } from './http-client.ts';

/** What a Failure needs to know of the server that did not answer. */
export type ServerState = Pick<RunningServer, 'ended' | 'brokenLimit' | 'lastError'>;

/** Makes a failure of the answer of an exchange that brought none. */
export function unansweredFailure(
  request: ProbeRequest,
  exchange: Exclude<Exchange, { kind: 'answer' }>,
  server: ServerState,
): Failure {
  const limit = exchange.kind === 'timed-out' ? exchange.limitMs : 10_000;
  return {
    kind: 'failure',
    rationale:
      'A client that gets no answer waits, holds its connection and asks again: one such route can stop all the others.',
    asked: `${(request.method ?? 'GET').toUpperCase()} ${request.path}`,
    expected: `a whole answer within ${seconds(limit)}`,
    actual: endSentence(server) ?? exchangeSentence(exchange),
    request,
  };
}

/** How a server ended that we did not end: `the server ended with code 1: TypeError ... at server.ts:12:3`. */
export function endSentence(server: ServerState): string | undefined {
  const limit = server.brokenLimit();
  if (limit === 'memory') return 'the server used more memory than it may, and was ended';
  if (limit === 'output') return 'the server wrote more output than it may, and was ended';
  if (limit === 'disk')
    return 'the server wrote more to CACHE_DIR or ERROR_LOG than it may, and was ended';
  const end = server.ended();
  if (!end) return undefined;
  return `the server ended ${how(end)}${errorSuffix(server.lastError())}`;
}

function how({ code, signal }: ProcessEnd): string {
  return signal === null ? `with code ${code}` : `by ${signal}`;
}

function errorSuffix(error: ServerError | undefined): string {
  if (!error) return '';
  const { message, place } = error;
  return `: ${message}${place ? ` at ${place.file}:${place.line}:${place.column}` : ''}`;
}

function exchangeSentence(exchange: Exclude<Exchange, { kind: 'answer' }>): string {
  switch (exchange.kind) {
    case 'timed-out':
      return exchange.status === undefined
        ? `none after ${seconds(exchange.limitMs)}`
        : `status ${exchange.status}, and a body without an end after ${seconds(exchange.limitMs)}`;
    case 'too-large':
      return `a body of more than ${exchange.limitBytes / 1024 / 1024} MB`;
    case 'broken':
      return exchange.detail;
  }
}

function seconds(limitMs: number): string {
  return `${limitMs / 1000} s`;
}
