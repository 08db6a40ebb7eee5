/** The interval of a mean or a ratio. */
export interface ConfidenceInterval {
  low: number;
  high: number;
  /** 0.95 for 95 %. */
  level: number;
}

/** Latency in milliseconds, fractional, from a histogram in microseconds. */
export interface Latency {
  meanMs: number;
  p50Ms: number;
  p90Ms: number;
  p95Ms: number;
  p99Ms: number;
  maxMs: number;
}

/** Answers and requests that went wrong, by kind; all 0 in a run that is shown. */
export interface LoadFailures {
  /** Answers with a status outside 200 to 299. */
  non2xx: number;
  /** Connections that broke. */
  errors: number;
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
  durationSeconds: number;
  /** Requests that were sent; exceeds `answered` by what was in flight at the end. */
  sent: number;
  answered: number;
  /** Answers a second. */
  throughput: number;
  latency: Latency;
  originCalls: number;
  /** CPU time of the server, in milliseconds; undefined where the system does not tell. */
  cpuMs: number | undefined;
  /** Resident memory of the server at the end, in bytes; undefined where the system does not tell. */
  memoryBytes: number | undefined;
  /** Bytes that the server wrote to stdout and stderr; absent in records of earlier versions. */
  logBytes?: number;
  failures: LoadFailures;
}

/** One variant over all rounds. */
export interface VariantSummary {
  variant: string;
  label: string;
  /** Answers a second: all answers over all seconds of the rounds. */
  throughput: number;
  /** Over all answers of all rounds. */
  latency: Latency;
  sent: number;
  answered: number;
  originCalls: number;
  /** 1 - originCalls / sent, from 0 to 1. */
  hitRate: number;
  /** Undefined where the system does not tell. */
  cpuMsPer1000Requests: number | undefined;
  /** The largest at the end of a round; undefined where the system does not tell. */
  memoryBytes: number | undefined;
  /** Bytes of log for each request that was sent; absent in records of earlier versions. */
  logBytesPerRequest?: number;
  failed: number;
}

/** A variant's throughput against the baseline's. */
export interface Speedup {
  variant: string;
  baseline: string;
  /** Geometric mean of the rounds' ratios. */
  ratio: number;
  interval: ConfidenceInterval;
  /** The interval does not hold 1. */
  differs: boolean;
}

/** What a benchmark was asked for. */
export interface BenchOptions {
  rounds: number;
  durationSeconds: number;
  connections: number;
  warmUpSeconds: number;
}

interface BenchHeader {
  title: string;
  options: BenchOptions;
  /** Whose server was measured. */
  server: 'demonstration' | 'mine' | 'solution';
  /** Variants that this machine lacks something for; absent where all were measured. */
  leftOut?: readonly LeftOutVariant[];
}

/** A variant that could not be measured here. */
export interface LeftOutVariant {
  variant: string;
  label: string;
  /** One sentence: what is missing, and what to do. */
  reason: string;
}

/** A benchmark whose figures mean something. */
export interface BenchFigures extends BenchHeader {
  kind: 'figures';
  variants: readonly VariantSummary[];
  speedups: readonly Speedup[];
  measurements: readonly Measurement[];
}

/** A benchmark that is not shown, since answers failed. */
export interface BenchRefused extends BenchHeader {
  kind: 'refused';
  variant: string;
  round: number;
  /** `412 of 28,912 answers were 500` */
  reason: string;
  failures: LoadFailures;
  /** The server's last error, with the learner's file and line where it is known. */
  serverError: string | undefined;
  /** The first request of the load, to be tried by hand. */
  path: string;
}

export type BenchReport = BenchFigures | BenchRefused;
