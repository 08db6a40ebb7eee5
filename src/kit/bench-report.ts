/** The interval of a mean or a ratio. */
export interface ConfidenceInterval {
  /** In the unit of what is estimated; a ratio has none. */
  low: number;
  /** At least `low`. */
  high: number;
  /** 0.95 for 95 %. */
  level: number;
}

/** Latency in milliseconds, fractional, from a histogram in microseconds. */
export interface Latency {
  /** The arithmetic mean. */
  meanMs: number;
  /** The median: half of the answers came within it. */
  p50Ms: number;
  /** 90 % of the answers came within it. */
  p90Ms: number;
  /** 95 % of the answers came within it. */
  p95Ms: number;
  /** 99 % of the answers came within it. */
  p99Ms: number;
  /** The slowest answer. */
  maxMs: number;
}

/** Answers and requests that went wrong, by kind; all 0 in a run that is shown. */
export interface LoadFailures {
  /** Answers with a status outside 200 to 299. */
  non2xx: number;
  /** Connections that broke. */
  errors: number;
  /** Requests without an answer within 10 s. */
  timeouts: number;
  /** Answers whose body was not the expected one. */
  mismatches: number;
  /** Requests that were sent and never accounted for, beyond one a connection. */
  lost: number;
}

/** One variant under load for one round. */
export interface Measurement {
  /** The variant's name. */
  variant: string;
  /** Counted from 0, the warm-up apart. */
  round: number;
  /** How long the load lasted; a fraction, since the last answers are awaited. */
  durationSeconds: number;
  /** Requests that were sent; exceeds `answered` by what was in flight at the end. */
  sent: number;
  /** Whole answers. */
  answered: number;
  /** Answers a second. */
  throughput: number;
  /** Of the answers of this round. */
  latency: Latency;
  /** Data calls that reached the origin meanwhile. */
  originCalls: number;
  /** CPU time of the server, in milliseconds; undefined where the system does not tell. */
  cpuMs: number | undefined;
  /** Resident memory of the server at the end, in bytes; undefined where the system does not tell. */
  memoryBytes: number | undefined;
  /** Bytes that the server wrote to stdout and stderr; absent in records of earlier versions. */
  logBytes?: number;
  /** All 0, or the benchmark is refused. */
  failures: LoadFailures;
}

/** One variant over all rounds. */
export interface VariantSummary {
  /** The variant's name. */
  variant: string;
  /** The column's heading. */
  label: string;
  /** Answers a second: all answers over all seconds of the rounds. */
  throughput: number;
  /** Over all answers of all rounds. */
  latency: Latency;
  /** Requests that were sent in all rounds. */
  sent: number;
  /** Whole answers in all rounds. */
  answered: number;
  /** Data calls that reached the origin in all rounds. */
  originCalls: number;
  /** 1 - originCalls / sent, from 0 to 1. */
  hitRate: number;
  /** Undefined where the system does not tell. */
  cpuMsPer1000Requests: number | undefined;
  /** The largest at the end of a round; undefined where the system does not tell. */
  memoryBytes: number | undefined;
  /** Bytes of log for each request that was sent; absent in records of earlier versions. */
  logBytesPerRequest?: number;
  /** Requests of all rounds that failed in any way; 0 in a run that is shown. */
  failed: number;
}

/** A variant's throughput against the baseline's. */
export interface Speedup {
  /** The name of the one that is compared. */
  variant: string;
  /** The name of the one that it is compared with: the first of the scenario. */
  baseline: string;
  /** Geometric mean of the rounds' ratios. */
  ratio: number;
  /** Of the ratio: t on the logarithms of the rounds, as many as there are rounds. */
  interval: ConfidenceInterval;
  /** The interval does not hold 1. */
  differs: boolean;
}

/** What a benchmark was asked for. */
export interface BenchOptions {
  /** How often each variant was measured, the warm-up apart: 3 to 50. */
  rounds: number;
  /** Of one round of one variant: 1 to 60 s on the command line. */
  durationSeconds: number;
  /** Clients that each send the next request as soon as the last is answered. */
  connections: number;
  /** Of each server, which is started for one round, and of each variant before the first round; not counted. */
  warmUpSeconds: number;
}

/** What every benchmark tells, refused or not. */
interface BenchHeader {
  /** What was measured: the scenario's title. */
  title: string;
  /** What it was asked for. */
  options: BenchOptions;
  /** Whose server was measured. */
  server: 'demonstration' | 'mine' | 'solution';
  /** Variants that this machine lacks something for; absent where all were measured. */
  leftOut?: readonly LeftOutVariant[];
}

/** A variant that could not be measured here. */
export interface LeftOutVariant {
  /** The variant's name. */
  variant: string;
  /** The column's heading. */
  label: string;
  /** One sentence: what is missing, and what to do. */
  reason: string;
}

/** A benchmark whose figures mean something. */
export interface BenchFigures extends BenchHeader {
  kind: 'figures';
  /** In the order of the scenario; the first is the baseline. */
  variants: readonly VariantSummary[];
  /** One for each variant beside the baseline, in the same order. */
  speedups: readonly Speedup[];
  /** Every round of every variant, in the order in which they were measured. */
  measurements: readonly Measurement[];
}

/** A benchmark that is not shown, since answers failed. */
export interface BenchRefused extends BenchHeader {
  kind: 'refused';
  /** The name of the variant whose answers failed. */
  variant: string;
  /** The round in which they did, counted from 0. */
  round: number;
  /** `412 of 28,912 answers were 500` */
  reason: string;
  /** What went wrong in that round, by kind. */
  failures: LoadFailures;
  /** The server's last error, with the learner's file and line where it is known. */
  serverError: string | undefined;
  /** The first request of the load, to be tried by hand. */
  path: string;
}

/** What a benchmark came to; told apart by `kind`. */
export type BenchReport = BenchFigures | BenchRefused;
