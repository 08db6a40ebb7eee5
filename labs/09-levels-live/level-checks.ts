import type { Check, Probe } from 'course-labs/kit';
import { demand } from 'course-labs/kit';
import { changeLevel, changes, check, demandLevel, withSecondFile } from './requirement.ts';
import { askLevel, patiently, playScene, staffToken } from './scene.ts';

export const levelChecks: readonly Check[] = [
  check({
    id: 'level-at-start',
    title: 'LOG_LEVEL is the level at the start',
    points: 8,
    ...withSecondFile,
    asked: 'requests that write at each level, with LOG_LEVEL=debug, and with LOG_LEVEL=warn',
    rationale:
      'The same program runs on your machine at debug and in production at info. What differs is its environment.',
    help: 'The level stands in the code, or a destination has one that lets less through.',
    judge: async (probe, words) => {
      await demandLevel(probe, 'debug', words);
      const quiet = await probe.launch({ logLevel: 'warn', errorLog: false });
      await demandLevel(probe, 'warn', words, quiet);
    },
  }),
  check({
    id: 'change-takes-effect',
    title: 'POST /__loglevel changes the level from the next request on, in both directions',
    points: 10,
    asked: 'requests that write at each level, after each of: level error, debug, info',
    rationale:
      'The trouble is there now. A restart for a more talkative log may take it away, and its cause with it.',
    help: 'A logger that was made earlier, or a destination, goes on with the level that it had then.',
    judge: async (probe, words) => {
      await changeLevel(probe, 'error', words);
      await demandLevel(probe, 'error', words);
      await changeLevel(probe, 'debug', words);
      await demandLevel(probe, 'debug', words);
      const { records, ids } = await playScene(probe);
      const silent = () => {
        const told = records().filter(({ level }) => level === 'debug');
        return ids.filter((id) => !told.some(({ reqId }) => reqId === id));
      };
      await patiently(probe, () => silent().length === 0);
      demand('requests without a record at debug', 0, silent().length, words);
      await changeLevel(probe, 'info', words);
      await demandLevel(probe, 'info', words);
    },
  }),
  check({
    id: 'change-is-recorded',
    title: 'each change is one record of event level.changed, whichever levels it is between',
    points: 5,
    needs: changes,
    asked: 'the level changed from debug to info, error, fatal and info again',
    rationale:
      'Somebody will ask why the log falls silent at noon. The answer must be in it: who made it so, and when.',
    help: 'A record at info is thrown away when the logger is at error: before the change, or after it.',
    judge: async (probe, words) => {
      const ids: string[] = [];
      await changeLevel(probe, 'debug', words);
      for (const level of ['info', 'error', 'fatal', 'info'] as const) {
        ids.push(await changeLevel(probe, level, words));
      }
      await playScene(probe);
      const told = () => ids.map((id) => changesIn(probe, [id])).join(', ');
      await patiently(probe, () => told() === '1, 1, 1, 1');
      demand('records of each change', '1, 1, 1, 1', told(), words);
    },
  }),
  check({
    id: 'unknown-level-is-400',
    title: 'what is none of the six levels is answered 400 and changes nothing',
    points: 6,
    needs: changes,
    asked:
      'POST /__loglevel by staff with verbose, silent, constructor, a number, a list, and nothing',
    rationale: 'A typing error in the middle of an incident must not end the log, or the server.',
    help: "Compare with the six names. The logger's own list may know more, and what it does not know it may throw at.",
    judge: async (probe, words) => {
      await changeLevel(probe, 'debug', words);
      const bodies = [
        { level: 'verbose' },
        { level: 'silent' },
        { level: 'constructor' },
        { level: 40 },
        { level: ['warn'] },
        {},
      ];
      const ids: string[] = [];
      for (const body of bodies) {
        const { id, answer } = await askLevel(probe, body, staffToken(probe));
        ids.push(id);
        const context = { ...words, request: answer.request };
        demand(`status for ${JSON.stringify(body)}`, 400, answer.status, context);
      }
      await demandLevel(probe, 'debug', words);
      demand('records of event level.changed', 0, changesIn(probe, ids), words);
    },
  }),
  check({
    id: 'only-staff-changes-it',
    title: 'without a good token it is a 401, for a student a 403, and the level stays',
    points: 7,
    needs: changes,
    asked:
      'POST /__loglevel debug by nobody, with an unknown token, by a student, and by staff while the origin fails to look tokens up',
    rationale:
      'Debug fills the disk, and fatal blinds everybody. Who may do that from outside needs no other attack.',
    help: 'The route is one more route of the API: staffOnly in request.ts knows who may.',
    judge: async (probe, words) => {
      await changeLevel(probe, 'info', words);
      const { school, random } = probe;
      const ask = (token: string | undefined) => askLevel(probe, { level: 'debug' }, token);
      const callers = [
        ['nobody', undefined, 401],
        ['an unknown token', random.text(40), 401],
        ['a student', school.alice.tokens[0], 403],
      ] as const;
      for (const [who, token, expected] of callers) {
        const { status, request } = (await ask(token)).answer;
        demand(`status for ${who}`, expected, status, { ...words, request });
      }
      await probe.origin.fail({ route: 'token', status: 503 });
      const { status, request } = (await ask(staffToken(probe))).answer;
      const failed = status >= 500 ? '5xx' : status;
      demand('status while tokens cannot be looked up', '5xx', failed, { ...words, request });
      await probe.origin.clearRules();
      await demandLevel(probe, 'info', words);
    },
  }),
];

/** Records on stdout that tell of a change, written for one of these requests. */
function changesIn({ server }: Probe, ids: readonly string[]): number {
  return server
    .logs()
    .filter(({ event, reqId = '' }) => event === 'level.changed' && ids.includes(reqId)).length;
}
