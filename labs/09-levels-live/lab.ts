import type { ExplainStep, PredictStep, RunRecord } from 'course-labs/kit';
import {
  apiPath,
  benchFigures,
  benchValues,
  defineLab,
  plainSubjects,
  variantFigures,
} from 'course-labs/kit';
import { sixLevels, twoGates, uncached, yourLevels } from './experiments.ts';
import { gatesOf, options, questions, waveAt, wavesOf } from './questions.ts';
import { busyDay, makeTrouble } from './traffic.ts';
import { linesFrom } from './waves.ts';

const load = { rounds: 5, durationSeconds: 2, demonstration: { rounds: 3, durationSeconds: 1 } };
/** The registrar's own time is left out of the load test: what is compared is the price of lines. */
const origin = {};

function predict(id: string, ask: PredictStep['ask'], measured: PredictStep['measured']) {
  return { kind: 'predict', id, phase: 'PREDICT', ask, measured } as const;
}

const linesAt = (run: RunRecord, level: 'trace' | 'debug' | 'info' | 'warn') =>
  linesFrom(waveAt(wavesOf(run), level).lines, 'trace');

/** How many answers at debug come for a hundred at warn. */
const left = (run: RunRecord) =>
  100 *
  (benchFigures(run, 'bench').speedups.find(({ variant }) => variant === 'debug')?.ratio ?? 1);

/** With what the debug log grows by in a day of a hundred requests a second. */
function priceOfLines(run: RunRecord): Record<string, string | number> {
  const { logBytesPerRequest = 0 } = variantFigures(run, 'bench', 'debug');
  const gigabytes = (logBytesPerRequest * 100 * 86_400) / 1e9;
  return { ...benchValues(run, 'bench'), 'debug-gigabytes': gigabytes.toFixed(1) };
}

/** The first threshold: what the levels of the logger made of the same traffic. */
function firstGate(run: RunRecord): Record<string, string | number> {
  const { requests } = wavesOf(run);
  const [trace, debug, info, warn] = (['trace', 'debug', 'info', 'warn'] as const).map((level) =>
    linesAt(run, level),
  ) as [number, number, number, number];
  return {
    requests,
    trace,
    debug,
    info,
    warn,
    'each-info': (info / requests).toFixed(1),
    'each-debug': (debug / requests).toFixed(1),
  };
}

/** The same lines shown: held back by the reader, and held back at the source. */
function twoFilters(run: RunRecord): Record<string, string | number> {
  const [debug, warn] = (['debug', 'warn'] as const).map((level) => waveAt(wavesOf(run), level));
  if (!debug || !warn) throw new Error(`run ${run.id} lacks a wave`);
  const made = linesFrom(debug.lines, 'trace');
  const shown = linesFrom(debug.lines, 'warn');
  return {
    made,
    shown,
    held: made - shown,
    kilobytes: (debug.bytes / 1000).toFixed(1),
    'source-made': linesFrom(warn.lines, 'trace'),
    'source-kilobytes': (warn.bytes / 1000).toFixed(1),
    times: Math.round(debug.bytes / warn.bytes),
  };
}

/** What a destination at warn got behind three loggers. */
function secondGate(run: RunRecord): Record<string, string | number> {
  const lines = (level: 'debug' | 'warn' | 'error') =>
    linesFrom(waveAt(gatesOf(run), level).secondFile, 'trace');
  return { debug: lines('debug'), warn: lines('warn'), error: lines('error') };
}

const handlerAtDebug: ExplainStep = {
  kind: 'explain',
  id: 'handler-at-debug',
  phase: 'EXPLAIN',
  options: options({
    a: 'The destination buffers debug lines until the server ends.',
    b: 'The logger is still at info: it makes no record at debug that could reach any destination.',
    c: 'A file cannot hold more than the terminal shows.',
    d: 'Debug is off in production, whatever anybody sets.',
  }),
  right: 'b',
  because: {
    a: 'A buffer delays lines of all levels alike. These were never made.',
    b: 'A record passes the logger first. `logger.debug()` compares two numbers, 20 and 30, and is over. The level of a destination can only take away from what the logger lets pass. So turn both, or leave the destination open and turn the logger.',
    c: 'Destinations know nothing of each other. Your second run had one that holds much less than stdout, and it could as well hold more, if the logger made it.',
    d: 'There is no such rule. A level is a setting, and nothing but a setting: yours said info.',
  },
};

export default defineLab({
  title: 'Loggers, handlers, formatters, levels, live',
  objectives: ['T6', 'T7', 'E5', 'E6'],
  minutes: 40,
  incidents: [],
  routes: [
    'GET /api/v1/subjects/:name/stats/',
    'GET /api/v1/me/grades/?page=',
    'POST /api/v1/users/login/',
    'POST /__loglevel',
  ],
  // Two destinations in pino's own way are a worker thread.
  allowWorkers: true,
  scenario: {
    title: (school) => `GET ${apiPath('subjects', plainSubjects(school)[0]?.name ?? '', 'stats')}`,
    requests: (school) => [
      { path: apiPath('subjects', plainSubjects(school)[0]?.name ?? '', 'stats') },
    ],
    connections: 20,
    origin,
    stableBody: true,
    variants: [
      { name: 'warn', label: 'warn', settings: { logLevel: 'warn' } },
      { name: 'info', label: 'info', settings: { logLevel: 'info' } },
      { name: 'debug', label: 'debug', settings: { logLevel: 'debug' } },
    ],
  },
  live: {
    settings: { logLevel: 'info', cacheBackend: 'memory' },
    origin,
    prepare: makeTrouble,
    requests: busyDay,
    connections: 10,
  },
  steps: [
    { kind: 'read', id: 'welcome', phase: 'PREDICT' },
    { kind: 'read', id: 'the-parts', phase: 'PREDICT' },
    { kind: 'read', id: 'levels', phase: 'PREDICT' },
    predict('lines-at-info', { kind: 'number', unit: 'lines' }, (run) => linesAt(run, 'info')),
    predict('lines-at-debug', { kind: 'number', unit: 'lines' }, (run) => linesAt(run, 'debug')),
    predict(
      'second-file',
      {
        kind: 'choice',
        options: options({
          nothing: 'nothing',
          fewer: 'errors and fatals only',
          same: 'warnings, errors and fatals, as before',
        }),
      },
      (run) => {
        const { warn, error } = waveAt(gatesOf(run), 'error').secondFile;
        return warn > 0 ? 'same' : error > 0 ? 'fewer' : 'nothing';
      },
    ),
    predict('the-price', { kind: 'number', unit: 'answers' }, (run) => Math.round(left(run))),
    {
      kind: 'experiment',
      id: 'six-levels',
      phase: 'RUN',
      settings: uncached,
      origin,
      run: sixLevels,
    },
    {
      kind: 'observe',
      id: 'the-first-gate',
      phase: 'OBSERVE',
      predictions: ['lines-at-info', 'lines-at-debug'],
      values: firstGate,
    },
    {
      kind: 'observe',
      id: 'two-filters',
      phase: 'OBSERVE',
      predictions: [],
      values: twoFilters,
    },
    {
      kind: 'live',
      id: 'live',
      phase: 'OBSERVE',
      demonstration: [
        { level: 'info', seconds: 2 },
        { level: 'debug', seconds: 2 },
        { level: 'warn', seconds: 2 },
      ],
    },
    {
      kind: 'experiment',
      id: 'two-gates',
      phase: 'RUN',
      settings: { ...uncached, errorLog: true },
      origin,
      run: twoGates,
    },
    {
      kind: 'observe',
      id: 'the-second-gate',
      phase: 'OBSERVE',
      predictions: ['second-file'],
      values: secondGate,
    },
    { kind: 'bench', id: 'bench', phase: 'RUN', server: 'demonstration', ...load },
    {
      kind: 'observe',
      id: 'what-debug-costs',
      phase: 'OBSERVE',
      predictions: ['the-price'],
      values: priceOfLines,
    },
    handlerAtDebug,
    { kind: 'question', id: 'an-hour', phase: 'EXPLAIN', exercise: 'Q1' },
    { kind: 'question', id: 'both-gates', phase: 'EXPLAIN', exercise: 'Q2' },
    { kind: 'question', id: 'the-words', phase: 'EXPLAIN', exercise: 'Q3' },
    { kind: 'question', id: 'ten-events', phase: 'EXPLAIN', exercise: 'Q4' },
    { kind: 'read', id: 'what-bites', phase: 'EXPLAIN' },
    { kind: 'edit', id: 'edit', phase: 'EDIT', exercise: 'C1' },
    { kind: 'check', id: 'check', phase: 'CHECK', exercise: 'C1' },
    {
      kind: 'experiment',
      id: 'your-levels',
      phase: 'CHECK',
      server: 'mine',
      settings: { ...uncached, errorLog: true },
      origin,
      run: yourLevels,
    },
    { kind: 'read', id: 'in-django', phase: 'CHECK' },
    { kind: 'read', id: 'end', phase: 'CHECK' },
  ],
  exercises: [
    ...questions,
    {
      kind: 'code',
      id: 'C1',
      title: 'A log that can be turned up and down',
      objectives: ['T6', 'T7', 'E6'],
      points: 60,
      file: 'server.ts',
      hints: [
        'Four things, one after the other: where lines go (two destinations), from which level on (LOG_LEVEL), who may change that (a route), and what happens at the end (SIGTERM). Check in between: each has its points.',
        'pino.multistream takes a list of { level, stream }. Give stdout level trace, or it will hold back what the logger lets pass, and the file of ERROR_LOG level error. Take pino.destination({ dest: 1, sync: true }) for stdout: it writes at once. The route calls staffOnly first, compares with the six names, and then sets logger.level.',
        "Around the change: `const from = logger.level; logger.level = 'info'; request.log.info({ event: 'level.changed', from, to: level }, '...'); logger.level = level;`. And at the end of the file, before listen: `process.once('SIGTERM', () => void app.close())`.",
      ],
    },
  ],
});
