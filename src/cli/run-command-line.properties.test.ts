import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { always, anyText, mutated } from '../properties.testing.ts';
import { createWorkspace } from '../workspace/index.ts';
import type { Context } from './context.ts';
import { createEnding } from './ending.ts';
import { runCommandLine } from './run-command-line.ts';

const packageRoot = fileURLToPath(new URL('../..', import.meta.url));

let root: string;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'words '));
  await createWorkspace({ root, seed: 7 });
  // The first call loads the commands and the labs, which takes longer than a case may.
  for (const words of [
    ['hint', '1'],
    ['solution', '1'],
    ['glossary', 'stampede'],
  ])
    await call(words);
}, 120_000);
afterEach(() => rmSync(root, { recursive: true }));

function sink() {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => text };
}

async function call(args: readonly string[], env: Context['env'] = {}) {
  const [stdout, stderr] = [sink(), sink()];
  const code = await runCommandLine({
    args,
    env,
    cwd: root,
    stdin: new Writable() as unknown as NodeJS.ReadStream,
    stdout: stdout.stream,
    stderr: stderr.stream,
    platform: 'linux',
    pid: process.pid,
    isRunning: () => false,
    machine: () => 'here',
    nodeVersion: '20.20.2',
    packageRoot,
    version: '0.1.0',
    now: () => new Date('2026-03-01T09:30:00.000Z'),
    drawSeed: () => 7,
    signal: new AbortController().signal,
    ending: createEnding(),
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

/** Commands that start nothing, and are quick: their words may be any. */
const quick = fc.constantFrom('list', 'progress', 'results', 'hint', 'glossary', 'solution');
const word = fc.oneof(
  fc.constantFrom('1', '01', '12', '13', '-1', '1.5', 'measure', 'a', 'C1', 'q1', '', 'stampede'),
  fc.constantFrom(
    '--json',
    '--plain',
    '--last',
    '--last=3',
    '--compare',
    '--format',
    'html',
    'csv',
  ),
  fc.constantFrom('--objectives', '--workspace', '.', '/dev/null', '--help', '-V', '--', '-x'),
  anyText(12).filter((text) => !text.includes('\0')),
);

it('any words after a command end it as foreseen, and say why', async () => {
  await always(
    [quick, fc.array(word, { maxLength: 5 })],
    async (command, words) => {
      const { code, stdout, stderr } = await call([command, ...words]);
      expect([0, 1, 2, 3], stderr).toContain(code);
      if (code > 1) expect(stderr.trim()).not.toBe('');
      else if (code === 1) expect(stdout.trim()).not.toBe('');
    },
    0.1,
  );
});

it('with --json, what comes out is one document or nothing', async () => {
  const plain = word.filter((text) => !text.startsWith('-'));
  await always(
    [quick, fc.array(plain, { maxLength: 2 })],
    async (command, words) => {
      const { code, stdout } = await call([command, '--json', ...words]);
      if (code <= 1) JSON.parse(stdout);
      else expect(stdout).toBe('');
    },
    0.05,
  );
});

const attempt = {
  exercise: 'C1',
  at: '2026-03-01T09:30:00.000Z',
  seed: 7,
  points: 49,
  possible: 60,
  notJudged: 0,
  passed: true,
  failed: ['x'],
  hash: 'ab',
};
const stored = {
  version: 1,
  labs: {
    1: {
      position: { step: 'intro', run: 1 },
      finished: true,
      answers: { Q1: { given: '0.98', at: attempt.at, points: 8, run: 1 } },
      hints: { C1: 2 },
      attempts: [attempt],
      givenUpAt: attempt.at,
    },
  },
  lastLab: 1,
};

it('whatever stands in the progress and the workspace file, commands end as foreseen and say nothing to the terminal', async () => {
  const texts = fc.oneof(
    mutated(stored).map((json) => JSON.stringify(json)),
    anyText(),
    fc.nat(600).map((length) => JSON.stringify(stored).slice(0, length)),
  );
  const own = fc.oneof(
    fc.constant('{"version":1,"seed":7}'),
    mutated({ version: 1, seed: 7, learner: 'ada' }).map((json) => JSON.stringify(json)),
    anyText(),
  );
  const formats = fc.constantFrom('text', 'html', 'junit', 'gradescope');
  const commands = fc.oneof(
    {
      weight: 19,
      arbitrary: fc.constantFrom(
        ['list'],
        ['progress'],
        ['progress', '--json'],
        ['hint', '1'],
        ['solution', '1'],
        ['results'],
      ),
    },
    // It poses every question of the course.
    { weight: 1, arbitrary: formats.map((format) => ['report', '--format', format]) },
  );
  await always(
    [texts, own, commands],
    async (progress, workspace, words) => {
      writeFileSync(join(root, 'course-labs.json'), workspace);
      const file = join(root, '.course-labs', 'progress.json');
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, progress);
      const { code, stdout, stderr } = await call(words);
      expect([0, 1, 2, 3], stderr).toContain(code);
      expect((stderr + stdout).replaceAll(/\r?\n|\t/g, '')).not.toMatch(/\p{Cc}/u);
    },
    0.05,
  );
});

it('logs --file --json gives back every record as it stands in the file', async () => {
  const number = fc.constantFrom(
    '12345678901234567890',
    '0.1000000000000000055',
    '1e999',
    '-0',
    '1E2',
  );
  const record = fc.oneof(
    fc
      .dictionary(anyText(6), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 })
      .map((fields) => JSON.stringify(fields)),
    number.map((digits) => `{ "level":30, "id":${digits} }`),
    fc.constant('{"a":1,"a":2}'),
  );
  const text = anyText(20).map((line) => Buffer.from(line.replaceAll(/[\r\n]/g, ' ')).toString());
  await always(
    [fc.array(fc.oneof(record, text), { maxLength: 6 })],
    async (lines) => {
      writeFileSync(join(root, 'app.log'), lines.join('\n'));
      const { code, stdout } = await call(['logs', '--file', 'app.log', '--json']);
      expect(code).toBe(0);
      const { records } = JSON.parse(stdout);
      const meant = lines.filter((line) => line.trim() !== '');
      expect(records).toEqual(
        meant.map((line) => {
          try {
            const json = JSON.parse(line);
            if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
          } catch {
            // No record.
          }
          return { text: line };
        }),
      );
      // JSON.parse rounds what it reads, in both places: the digits themselves are there, too.
      for (const line of meant) if (/"id":/.test(line)) expect(stdout).toContain(line);
    },
    0.1,
  );
});
