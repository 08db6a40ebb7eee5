import {
  array,
  boolean,
  finite,
  type GenericSchema,
  integer,
  literal,
  looseObject,
  maxValue,
  minLength,
  minValue,
  nullish,
  number,
  optional,
  picklist,
  pipe,
  record,
  string,
  transform,
  tuple,
  union,
  unknown,
  variant,
} from 'valibot';

/** JSON reads 1e999 as Infinity, which no figure is. */
const figure = pipe(number(), finite());

/** JSON has null for what is no number. */
const figureOrNone = pipe(
  nullish(figure),
  transform((value) => value ?? undefined),
);

const latency = looseObject({
  meanMs: figure,
  p50Ms: figure,
  p90Ms: figure,
  p95Ms: figure,
  p99Ms: figure,
  maxMs: figure,
});

const failures = looseObject({
  non2xx: figure,
  errors: figure,
  timeouts: figure,
  mismatches: figure,
  lost: figure,
});

const summary = looseObject({
  variant: string(),
  label: string(),
  throughput: figure,
  latency,
  sent: figure,
  answered: figure,
  originCalls: figure,
  hitRate: figure,
  cpuMsPer1000Requests: figureOrNone,
  memoryBytes: figureOrNone,
  logBytesPerRequest: figureOrNone,
  failed: figure,
});

const speedup = looseObject({
  variant: string(),
  baseline: string(),
  ratio: figure,
  interval: looseObject({ low: figure, high: figure, level: figure }),
  differs: boolean(),
});

const header = {
  title: string(),
  options: looseObject({
    rounds: figure,
    durationSeconds: figure,
    connections: figure,
    warmUpSeconds: figure,
  }),
  server: picklist(['demonstration', 'mine', 'solution']),
  leftOut: optional(array(looseObject({ variant: string(), label: string(), reason: string() }))),
};

/** Measurements are kept for those who ask for JSON: no screen goes into them. */
const bench = variant('kind', [
  looseObject({
    kind: literal('figures'),
    ...header,
    variants: pipe(array(summary), minLength(1)),
    speedups: array(speedup),
    measurements: array(unknown()),
  }),
  looseObject({
    kind: literal('refused'),
    ...header,
    variant: string(),
    round: figure,
    reason: string(),
    failures,
    serverError: optional(string()),
    path: string(),
  }),
]);

const cell = union([
  string(),
  looseObject({
    value: figure,
    unit: optional(string()),
    // As `toFixed` takes them.
    digits: optional(pipe(number(), integer(), minValue(0), maxValue(100))),
  }),
]);

const base = {
  title: optional(string()),
  notes: optional(array(string())),
  commands: optional(array(string())),
};

const sideColumn = looseObject({
  heading: string(),
  lines: array(looseObject({ text: string(), mark: optional(string()) })),
});

const passage = looseObject({
  heading: optional(string()),
  parts: array(union([string(), looseObject({ marked: string() })])),
  remark: optional(string()),
});

const exhibit = variant('kind', [
  looseObject({
    kind: literal('table'),
    ...base,
    columns: array(string()),
    rows: array(array(cell)),
  }),
  looseObject({ kind: literal('side-by-side'), ...base, columns: tuple([sideColumn, sideColumn]) }),
  looseObject({
    kind: literal('timeline'),
    ...base,
    moments: array(looseObject({ atMs: figure, who: string(), what: string() })),
  }),
  looseObject({ kind: literal('excerpt'), ...base, passages: array(passage) }),
]);

/** The record in the file of the run with this id: whatever passes can be shown. */
export const recordSchema = (id: number): GenericSchema =>
  looseObject({
    id: literal(id),
    lab: figure,
    seed: figure,
    predictions: record(string(), union([figure, string()])),
    benches: record(string(), bench),
    experiments: record(string(), looseObject({ exhibit, data: record(string(), unknown()) })),
  });
