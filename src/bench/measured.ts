import type { Measurement } from '../kit/index.ts';

/** What is to be measured. */
export interface MeasureRequest {
  /** The variant's name. */
  variant: string;
  /** Counted from 0; undefined for a warm-up, whose figures are thrown away. */
  round: number | undefined;
  durationSeconds: number;
  connections: number;
}

/** What one measurement came to, and what is needed to say why it is worth nothing. */
export interface Measured {
  figures: Omit<Measurement, 'variant' | 'round'>;
  /** Answers by status code. */
  statuses: Readonly<Record<string, number>>;
  /** How the server ended, or its last error, on one line; undefined where there was neither. */
  serverError: string | undefined;
}

/** Puts one variant under load. Rejects with the signal's reason when the signal fires. */
export type Measure = (request: MeasureRequest, signal?: AbortSignal) => Promise<Measured>;
