import { isDeepStrictEqual } from 'node:util';
import type { Clock, LogRecord, ProbeRequest, Server, ServerSettings } from '../kit/index.ts';
import { endedFromOutside } from '../runtime/ended-from-outside.ts';
import type { RunningServer } from '../runtime/types.ts';
import { createFileLog } from './file-log.ts';
import { createHttpClient } from './http-client.ts';
import { readLogLine } from './log-line.ts';
import { unansweredFailure } from './unanswered.ts';
import { poll } from './waiting.ts';

/** A server as a check sees it, with what grading needs to know besides. */
export interface ProbedServer extends Server {
  readonly running: RunningServer;
  /** Of requests that were sent since then and have no whole answer: how long the longest waits, or waited until it was given up. */
  longestUnansweredMs(sinceMs: number): number;
  /** Of answers to requests that were sent since then: how long each took. */
  answerTimesMs(sinceMs: number): readonly number[];
  /** Asks for `/healthz` over a connection of its own, and settles when there is an answer, or none. Nobody notes it. */
  look(): Promise<void>;
  /** Notes a request that is sent by others. */
  noteAsked(request: ProbeRequest): void;
  /** It was asked exactly this. */
  wasAsked(request: ProbeRequest): boolean;
  /** It ended, or broke a limit, and neither a check nor we had ended it. */
  endedByItself(): boolean;
  /** The same, and others may have done it: no limit was broken, and the signal is one that others send. */
  endedFromOutside(): boolean;
  closeConnections(): void;
}

export interface ProbedServerOptions {
  running: RunningServer;
  settings: ServerSettings;
  /** Where its ERROR_LOG is; undefined where it has none. */
  errorLogFile?: string | undefined;
  clock: Clock;
  /** Told of each request before it is sent. */
  onRequest(path: string): void;
}

/** How long the news of a server's end may be under way after its connection broke. */
const endNewsMs = 500;

export function createProbedServer(options: ProbedServerOptions): ProbedServer {
  const { running, settings, errorLogFile, clock, onRequest } = options;
  const client = createHttpClient({ url: running.url, clock });
  const asked: ProbeRequest[] = [];
  const answers: { sentAtMs: number; tookMs: number }[] = [];
  const givenUp: { sentAtMs: number; waitedMs: number }[] = [];
  const readLogs = createLogCache(running);
  const readErrorLog = createFileLog(errorLogFile);
  let endedByUs = false;

  const noteAsked = (wanted: ProbeRequest) => {
    asked.push(wanted);
    onRequest(wanted.path);
  };
  const request: Server['request'] = async (wanted) => {
    noteAsked(wanted);
    const sentAtMs = clock.nowMs();
    const exchange = await client.ask(wanted);
    if (exchange.kind === 'answer') {
      const { answer } = exchange;
      answers.push({ sentAtMs: answer.sentAtMs, tookMs: answer.receivedAtMs - answer.sentAtMs });
      return answer;
    }
    if (exchange.kind === 'timed-out') givenUp.push({ sentAtMs, waitedMs: exchange.limitMs });
    if (exchange.kind === 'broken') {
      await poll(() => running.ended() !== undefined, clock.nowMs() + endNewsMs, { clock });
    }
    throw unansweredFailure(wanted, exchange, running);
  };
  const endedBy = <T>(end: () => Promise<T>) => {
    endedByUs ||= running.ended() === undefined;
    return end();
  };

  return {
    running,
    url: running.url,
    settings,
    request,
    get: (path, more = {}) => request({ ...more, path }),
    logs: readLogs,
    errorLog: readErrorLog,
    stderr: () => running.output().stderr,
    usage: () => running.usage(),
    stop: () => {
      // Some servers end only when their clients have hung up.
      client.keepNoConnection();
      return endedBy(() => running.stop());
    },
    kill: () => endedBy(() => running.kill()),
    longestUnansweredMs: (sinceMs) => {
      const nowMs = clock.nowMs();
      const underWay = client.inFlight().map((at) => ({ sentAtMs: at, waitedMs: nowMs - at }));
      const since = [...givenUp, ...underWay].filter(({ sentAtMs }) => sentAtMs >= sinceMs);
      return Math.max(0, ...since.map(({ waitedMs }) => waitedMs));
    },
    answerTimesMs: (sinceMs) =>
      answers.flatMap(({ sentAtMs, tookMs }) => (sentAtMs >= sinceMs ? [tookMs] : [])),
    look: async () => {
      const onlooker = createHttpClient({ url: running.url, clock });
      await onlooker.ask({ path: '/healthz' }).finally(onlooker.closeConnections);
    },
    noteAsked,
    wasAsked: (wanted) => asked.some((each) => isDeepStrictEqual(each, wanted)),
    endedByItself: () =>
      running.brokenLimit() !== undefined || (running.ended() !== undefined && !endedByUs),
    endedFromOutside: () =>
      running.brokenLimit() === undefined && !endedByUs && endedFromOutside(running.ended()),
    closeConnections: client.closeConnections,
  };
}

/** Lines are read once, as long as none of the first has fallen off. */
function createLogCache(running: RunningServer): () => readonly LogRecord[] {
  const records: LogRecord[] = [];
  return () => {
    const { stdout, dropped } = running.output();
    if (dropped > 0) return stdout.map((line) => readLogLine(line)).filter(hasText);
    for (const line of stdout.slice(records.length)) records.push(readLogLine(line));
    return records.filter(hasText);
  };
}

function hasText({ line }: LogRecord): boolean {
  return line.trim() !== '';
}
