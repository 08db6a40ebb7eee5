import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { AnswerFormat, PosedQuestion, RunRecord } from 'course-labs/kit';
import { createRandom } from 'course-labs/kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examineMessage, messageShare } from '../../src/grading/judge-message.ts';
import { createSchool } from '../../src/registrar/school.ts';
import { take } from './earlier.ts';
import { evidence } from './evidence.ts';
import lab from './lab.ts';
import { findLeaks, readRecords } from './reader.testing.ts';

const seeds = [3, 77, 4_242, 90_210];

function pose(id: string, seed: number): PosedQuestion {
  const question = lab.exercises.find((exercise) => exercise.id === id);
  if (question?.kind !== 'question' || question.basis !== 'seed') throw new Error(id);
  return question.pose(createSchool(seed), createRandom(seed, `12/${id}`));
}

function filesOf(seed: number): Record<string, string> {
  return Object.fromEntries(
    evidence(createSchool(seed)).map(({ path, text }) => [path.replace('evidence/', ''), text]),
  );
}

const textOf = (format: AnswerFormat, id: string) =>
  format.kind === 'match' || format.kind === 'order'
    ? format.items.find((item) => item.id === id)?.text
    : undefined;

describe('the questions, answered from the files', () => {
  it('Q1 and Q2: the first leaked answer, and whose data were shown', () => {
    for (const seed of seeds) {
      const leaks = findLeaks(filesOf(seed));
      expect(pose('Q1', seed).format).toEqual({ kind: 'text', expected: leaks[0]?.reqId });
      const owners = new Set(leaks.map(({ owner }) => owner)).size;
      expect(pose('Q2', seed).format).toMatchObject({
        expected: owners,
        tolerance: { absolute: 0 },
      });
    }
  });

  it('Q3: the minute of the flush, and the flush', () => {
    for (const seed of seeds) {
      const deploys = readRecords<{ time: string; what: string }>(filesOf(seed), 'deploys');
      const flush = deploys.find(({ what }) => what === 'flush');
      const { format } = pose('Q3', seed);
      if (format.kind !== 'match') throw new Error('Q3 is to be matched');
      const chosen = ['1', '2'].map(
        (item) => format.places.find(({ id }) => id === format.expected[item])?.text,
      );
      expect(chosen).toEqual([flush?.time.slice(11, 16), 'the flush of the cache']);
      expect(new Set(format.places.map(({ text }) => text)).size).toBe(11);
    }
  });

  it('Q4: three of six are for the cache', () => {
    for (const seed of seeds) {
      const { format } = pose('Q4', seed);
      if (format.kind !== 'match') throw new Error('Q4 is to be matched');
      const places = Object.values(format.expected);
      expect(places).toHaveLength(6);
      expect(places.filter((place) => place === 'cache')).toHaveLength(3);
    }
  });

  it('Q5: stop, delete, find out, tell, repair', () => {
    for (const seed of seeds) {
      const { format } = pose('Q5', seed);
      if (format.kind !== 'order') throw new Error('Q5 is to be ordered');
      const words = format.expected.map((id) => textOf(format, id)?.split(' ')[0]);
      expect(words).toEqual(['Bring', 'Delete', 'Find', 'Tell', 'Deploy']);
    }
  });

  it('are posed alike each time, and differently for other seeds', () => {
    for (const id of ['Q1', 'Q2', 'Q3', 'Q4', 'Q5', 'Q6']) {
      expect(pose(id, 3)).toEqual(pose(id, 3));
      expect(pose(id, 3)).not.toEqual(pose(id, 90_210));
    }
  });
});

describe('the status message', () => {
  const seed = 77;
  const { format } = pose('Q6', seed);
  if (format.kind !== 'message') throw new Error('Q6 asks for a message');
  const leaks = findLeaks(filesOf(seed));
  const count = new Set(leaks.map(({ owner }) => owner)).size;
  const since = leaks[0]?.time.slice(11, 16) ?? '';
  const missing = (text: string) =>
    format.facts
      .filter((fact) => examineMessage(text, format).missing.includes(fact.text))
      .map(({ id }) => id);

  it('may be worded in many ways', () => {
    const words = ['twenty', 'thirty', 'forty'][Math.floor(count / 10) - 2];
    const ones = [
      '',
      '-one',
      '-two',
      '-three',
      '-four',
      '-five',
      '-six',
      '-seven',
      '-eight',
      '-nine',
    ];
    for (const text of [
      `Since ${since} UTC, ${count} students had their grades shown to others. The new version was rolled back.`,
      `From ${since} on other people could see results that were not theirs: those of ${count} pupils.\nWe have switched off the cache that was the cause.`,
      `Between ${since}:30 and the end marks of ${words}${ones[count % 10]} students were visible to somebody else. We reverted the change.`,
    ]) {
      expect([text, missing(text)]).toEqual([text, []]);
    }
  });

  it('lacks what it does not tell, or denies', () => {
    expect(missing('We are sorry. We have rolled back.')).toEqual(['what', 'who', 'since']);
    expect(missing(`Since ${since} it was slow for ${count} students.`)).toEqual([
      'what',
      'mitigation',
    ]);
    expect(missing(`No grades were shown to others. ${count}, ${since}, rolled back.`)).toEqual([
      'what',
    ]);
    expect(missing(`Grades were shown to others at ${count}:${count}, rolled back.`)).toEqual([
      'who',
      'since',
    ]);
  });

  it('earns nothing with a token out of the logs', () => {
    const [line = ''] =
      filesOf(seed)
        ['app-a.jsonl']?.split('\n')
        .filter((each) => each.includes('Token ')) ?? [];
    expect(messageShare(format.example, format)).toBe(1);
    expect(messageShare(`${format.example}\n${line}`, format)).toBe(0);
  });
});

describe('the checks of earlier labs', () => {
  const check = { id: 'one', title: 'does', points: 9, group: 'x', run: async () => {} };

  it('are taken with other points, and on another server', () => {
    const settings = { cacheBackend: 'redis' } as const;
    const taken = take([{ ...check, needs: ['two'], origin: { roundTripMs: 3 } }], {
      points: { one: 2 },
      group: 'y',
      settings,
      needs: ['one', 'three'],
    });
    expect(taken).toEqual([
      {
        id: 'one',
        title: 'does',
        points: 2,
        group: 'y',
        settings,
        needs: ['three'],
        origin: { roundTripMs: 3 },
        run: expect.any(Function),
      },
    ]);
  });

  it('must be there', () => {
    expect(() => take([check], { points: { other: 1 }, needs: [] })).toThrow('other');
  });
});

describe('the lesson', () => {
  const text = readFileSync(new URL('lesson.md', import.meta.url), 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'lab-12-'));

  beforeAll(() => {
    for (const file of evidence(createSchool(3))) {
      mkdirSync(dirname(join(folder, file.path)), { recursive: true });
      writeFileSync(join(folder, file.path), file.text);
    }
    const look = readFileSync(new URL('starter/look.mjs', import.meta.url));
    writeFileSync(join(folder, 'look.mjs'), look);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const shell = (command: string) =>
    execFileSync('sh', ['-c', command], { cwd: join(folder, 'evidence'), encoding: 'utf8' });

  it('has commands that work, as far as this machine has what they take', () => {
    const commands = [...text.matchAll(/^```sh\n([\s\S]*?)\n```$/gm)].map(
      ([, command = '']) => command,
    );
    expect(commands.length).toBeGreaterThan(5);
    const hasJq = shell('command -v jq || true') !== '';
    for (const command of commands.filter((each) => hasJq || !each.startsWith('jq'))) {
      const lines = shell(command).trim().split('\n');
      expect([command, lines.length]).toEqual([command, expect.any(Number)]);
      expect(lines[0], command).toMatch(/\S/);
    }
  });

  it('shows the story of one request in both logs', () => {
    const story = shell([...text.matchAll(/^grep -h "\$.*$/gm)][0]?.[0] ?? '')
      .trim()
      .split('\n');
    expect(story).toHaveLength(2);
    expect(story.map((line) => JSON.parse(line).msg).sort()).toEqual([
      'answered',
      'the request failed',
    ]);
  });

  it('has a figure for each gap', () => {
    const run = {
      experiments: {
        leak: { data: { answered: 400, leaked: 300, failed: 0, calls: 12, warnings: 0 } },
        flush: { data: { kept: 0, flushed: 40, later: 0, slowestMs: 500 } },
        debug: { data: { info: { bytes: 400 }, debug: { bytes: 1_000 } } },
      },
    } as unknown as RunRecord;
    const sections = new Map(
      text
        .split(/^## /m)
        .slice(1)
        .map((section) => [section.slice(0, section.indexOf(':')), section]),
    );
    expect([...sections.keys()]).toEqual(lab.steps.map(({ id }) => id));
    for (const step of lab.steps) {
      const gaps = [...(sections.get(step.id) ?? '').matchAll(/\{\{([^}]+)\}\}/g)];
      const values: Record<string, unknown> = step.values?.(run) ?? {};
      for (const [, name = ''] of gaps) expect(values, step.id).toHaveProperty([name]);
    }
    const measured = lab.steps.flatMap((step) =>
      step.kind === 'predict' ? [[step.id, step.measured(run)]] : [],
    );
    expect(Object.fromEntries(measured)).toEqual({
      'how-many-leak': 300,
      'calls-after-a-flush': 40,
      'price-of-debug': 2.5,
    });
  });
});
