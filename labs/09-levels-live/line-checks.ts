import type { Check, LogRecord } from 'course-labs/kit';
import { demand } from 'course-labs/kit';
import {
  changeLevel,
  changes,
  check,
  demandLevel,
  demandLevels,
  withSecondFile,
} from './requirement.ts';
import {
  failingRequest,
  freshId,
  gradesOf,
  levelsFrom,
  patiently,
  playScene,
  type Scene,
  withId,
} from './scene.ts';

export const lineChecks: readonly Check[] = [
  check({
    id: 'lines-are-records',
    title: 'each line is JSON with level and time, and with reqId if it was written for a request',
    points: 6,
    ...withSecondFile,
    asked: 'requests that write at each level, three times, and then all of stdout',
    rationale:
      'A log is searched and counted by programs. A line that they cannot read, or that belongs to no request, is lost when it is needed.',
    help: 'Colours and columns are for eyes: they are made where somebody reads. And request.log knows its request.',
    judge: async (probe, words) => {
      const before = probe.server.logs().length;
      const scenes: Scene[] = [];
      for (let round = 0; round < 3; round += 1) scenes.push(await playScene(probe));
      const ids = scenes.flatMap((scene) => scene.ids);
      const silent = () => {
        const told = new Set(probe.server.logs().map(({ reqId }) => reqId));
        return ids.filter((id) => !told.has(id));
      };
      await patiently(probe, () => silent().length === 0);
      const all = probe.server.logs();
      const context = { ...words, request: gradesOf(probe.school.alice) };
      for (const record of all) {
        demand(`the line ${shown(record)}`, 'JSON, level, time', partsOf(record), context);
      }
      demand('requests without a line that has their id', 0, silent().length, {
        ...context,
        help: 'It may be waiting in memory, or be written by a logger that knows no request.',
      });
      // What is written for requests comes each time; something of the server's own may come in between.
      const nameless = all.slice(before).filter(({ reqId }) => reqId === undefined);
      const again = nameless.find(
        ({ msg, level }) =>
          nameless.filter((other) => other.msg === msg && other.level === level).length >= 3,
      );
      const found = again ? shown(again) : 'none';
      demand('lines without reqId, written for each request', 'none', found, context);
    },
  }),
  check({
    id: 'errors-in-second-file',
    title: 'ERROR_LOG gets error and fatal and nothing else, and stdout gets all',
    points: 7,
    ...withSecondFile,
    asked:
      'statistics that the origin fails to give, then requests that write at each level, with ERROR_LOG set and LOG_LEVEL=debug',
    rationale:
      'Who is called at night reads the second file: ten lines that matter, and not ten thousand. Who looks for the cause reads the first, and needs the errors there as well.',
    help: 'Two destinations, each with a level of its own: what a record must reach at least to be written there.',
    judge: async (probe, words) => {
      const failing = await failingRequest(probe);
      const id = freshId(probe);
      await probe.server.request(withId(failing, id));
      const context = { ...words, request: failing };
      const read = () => probe.server.errorLog();
      const demandOf = (what: string, expected: string, records: () => readonly LogRecord[]) =>
        demandLevels(probe, what, expected, records, context);
      await demandOf('levels in ERROR_LOG after a failure', 'error', () =>
        read().filter(({ reqId }) => reqId === id),
      );
      const scene = await playScene(probe);
      await demandOf('levels in ERROR_LOG after all levels', 'error, fatal', read);
      await demandOf('levels of the records on stdout', levelsFrom('debug'), scene.records);
      for (const record of read()) {
        demand(`the line ${shown(record)}`, 'JSON, level, time', partsOf(record), context);
      }
      await demandOf('levels of those with a request id', 'error, fatal', scene.second);
    },
  }),
  check({
    id: 'second-file-keeps-its-level',
    title: 'a change of the level leaves ERROR_LOG as it is',
    points: 4,
    needs: ['errors-in-second-file', ...changes],
    ...withSecondFile,
    asked: 'with ERROR_LOG set: level info, and then debug; after each, requests at each level',
    rationale:
      'The level is turned to debug when something is wrong: just then the list of errors must stay short.',
    help: 'The level of the logger and that of a destination are two. The route changes one of them.',
    judge: async (probe, words) => {
      for (const level of ['info', 'debug'] as const) {
        await changeLevel(probe, level, words);
        await demandLevel(probe, level, words);
        const read = () => probe.server.errorLog();
        await demandLevels(probe, `levels in ERROR_LOG at ${level}`, 'error, fatal', read, words);
      }
    },
  }),
];

/** What a line is made of, in words. */
function partsOf({ fields, level, timeMs }: LogRecord): string {
  if (fields === undefined) return 'no JSON object';
  return ['JSON', ...(level ? ['level'] : []), ...(timeMs === undefined ? [] : ['time'])].join(
    ', ',
  );
}

/** The beginning of a line. */
function shown({ line }: LogRecord): string {
  return line.length > 70 ? `${line.slice(0, 70)}...` : line;
}
