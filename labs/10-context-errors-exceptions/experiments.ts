/*
 * What this lab shows happening: a log that helps nobody, one request's story, and a rush to search in.
 */
import type { ExperimentResult, LogRecord, OriginCall, Probe } from 'course-labs/kit';
import { isError, userOf } from './asking.ts';
import { playScene, type Scene } from './scene.ts';
import { levelsOf, saidIn, timeOf } from './telling.ts';

/** What the three at once leave for texts: whether the log tells whose failure it was. */
export interface Told {
  third: string;
  unlucky: string;
  lines: number;
  errors: number;
  /** By its user, by the id that the answer told, or not at all. */
  tells: 'user' | 'id' | 'nobody';
}

/** What one request's story leaves for texts. */
export interface Story extends Told {
  id: string;
  /** Records with the id. */
  own: number;
  /** Calls to the origin with the id. */
  calls: number;
}

function toldBy({ users, unlucky, answer, records }: Scene): Told {
  const errors = records.filter(isError);
  const named = errors.some((record) => userOf(record) === `${unlucky.id}`);
  const id = answer.headers['x-request-id'];
  const found = id !== undefined && errors.some(({ reqId }) => reqId === id);
  return {
    third: users[2]?.username ?? '',
    unlucky: unlucky.username,
    lines: records.length,
    errors: errors.length,
    tells: named ? 'user' : found ? 'id' : 'nobody',
  };
}

const textOf = (records: readonly LogRecord[]) => records.map(({ line }) => `${line}\n`).join('');

/** The log of the three, as it is. */
export async function threeAtOnce(probe: Probe): Promise<ExperimentResult> {
  const scene = await playScene(probe);
  const data = toldBy(scene);
  const names = scene.users.map(({ username }) => username).join(', ');
  return {
    data: { ...data },
    log: textOf(scene.records),
    exhibit: {
      kind: 'table',
      title: `The log of ${names}: ${data.lines} lines`,
      columns: ['time', 'level', 'what it says'],
      rows: scene.records.map((record) => [timeOf(record), record.level ?? '', saidIn(record)]),
      notes: ['One of the three got an error. Which one?'],
      commands: ['cat {{log}}'],
    },
  };
}

/** All that stands anywhere about the request that failed, found by the id that its user was told. */
export async function oneStory(probe: Probe): Promise<ExperimentResult> {
  const scene = await playScene(probe);
  const { answer, records, unlucky } = scene;
  const [id = ''] = [answer.headers['x-request-id'] ?? ''].flat();
  const own = records.filter(({ reqId }) => reqId === id && id !== '');
  const isOwn = ({ requestId }: OriginCall) => requestId === id && id !== '';
  const calls = [...(await probe.origin.tokenCalls()), ...(await probe.origin.calls())].filter(
    isOwn,
  );
  const data: Story = { ...toldBy(scene), id, own: own.length, calls: calls.length };
  return {
    data: { ...data },
    log: textOf(records),
    exhibit: {
      kind: 'table',
      title: `${unlucky.username} reads out: ${id === '' ? 'nothing, there is no id' : id}`,
      columns: ['where', 'level', 'what stands there with this id'],
      rows: [
        ['answer', '', `${answer.request.path}, status ${answer.status}`],
        ...own.map((record) => ['log', record.level ?? '', saidIn(record)]),
        ...calls.map(({ route, status }) => [
          'origin',
          '',
          `${said[route] ?? route}, status ${status}`,
        ]),
      ],
      notes: [
        `Records in the log: ${data.lines} (${levelsOf(records)}). With this id: ${data.own}.`,
      ],
      commands: id === '' ? [] : [`grep ${id} {{log}}`],
    },
  };
}

const said: Readonly<Record<string, string>> = {
  token: 'whose token this is',
  'student-grades': 'the grades of this student',
};
