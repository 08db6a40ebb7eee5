import type { RecordableHistogram } from 'node:perf_hooks';
import type { Latency } from '../kit/index.ts';
import { createLatencyHistogram, latencyOf } from './latency-histogram.ts';

/**
 * Latencies of several runs by series. Histograms are added up, since percentiles of a whole cannot be had from
 * percentiles of its parts.
 */
export class LatencySeries {
  readonly #histograms = new Map<string, RecordableHistogram>();

  add(series: string, measured: RecordableHistogram): void {
    let whole = this.#histograms.get(series);
    if (whole === undefined) {
      whole = createLatencyHistogram();
      this.#histograms.set(series, whole);
    }
    whole.add(measured);
  }

  /** All 0 for a series that has nothing. */
  latency(series: string): Latency {
    return latencyOf(this.#histograms.get(series) ?? createLatencyHistogram());
  }

  reset(): void {
    this.#histograms.clear();
  }
}
