import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join, relative } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SubmissionGrade } from '../../grading/submission-grade.ts';
import { makeClass } from './class.testing.ts';
import { lab1, lab2 } from './class-work.testing.ts';
import { handIn, workspaceFiles } from './hand-in.testing.ts';
import { descendantsOf, freshFolder, start, stillRunning, until } from './program.testing.ts';

/** A whole class, graded as an instructor does it. All that may be written is below this folder, each thing in its place. */
const root = freshFolder();
const at = (...names: string[]) => join(root, ...names);
const pupils = makeClass(at('outside'));
const env = { HOME: at('home'), TMPDIR: at('tmp') };
const grade = (output: string) =>
  start(['grade', 'class', '--only', '1', '2', '--output', output, '--plain'], root, env);

let before = '';

beforeAll(async () => {
  for (const name of ['home', 'tmp', 'outside', 'class']) mkdirSync(at(name));
  for (const [index, { name, packing, work, seed = 100 + index }] of pupils.entries()) {
    if (work !== undefined) {
      const files = await workspaceFiles(name, seed, [lab1, lab2]);
      await handIn(at('class'), name, packing, work(files));
    } else if (packing === 'folder') mkdirSync(at('class', name));
    else writeFileSync(at('class', `${name}.${packing}`), 'no archive at all');
  }
  before = contentsOf(at('class'));
}, 120_000);

afterAll(() => rm(root, { recursive: true, force: true }));

/** Names and contents of everything in a folder, links not followed. */
function contentsOf(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const lines = names.map((name) => {
    const path = join(folder, name);
    const stats = lstatSync(path);
    if (stats.isSymbolicLink()) return `${name} -> ${readlinkSync(path)}`;
    if (!stats.isFile()) return name;
    return `${name} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
  });
  return lines.join('\n');
}

/** The table, apart from its last column: the seeds that were drawn for this grading. */
function tableIn(output: string): string {
  const text = readFileSync(at(output, 'grades.csv'), 'utf8');
  expect(text.split('\n')[0]).toMatch(/,graded_with_seeds$/);
  return text.replace(/\b(\d+\.C\d+)=\d+/g, '$1');
}

/** Processes that were started from our folder, or know of it. */
function processesOfOurs(): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
    try {
      const seen = [
        readlinkSync(`/proc/${pid}/cwd`),
        readFileSync(`/proc/${pid}/cmdline`, 'utf8'),
        readFileSync(`/proc/${pid}/environ`, 'utf8'),
      ];
      return seen.some((text) => text.includes(root));
    } catch {
      return false;
    }
  });
}

const rowsIn = (output: string) => {
  const ledger = at(output, 'grades.jsonl');
  return existsSync(ledger) ? readFileSync(ledger, 'utf8').split('\n').length - 1 : 0;
};

describe('a class', () => {
  it(`of ${pupils.length} gets the points that it should`, async () => {
    const [load = 0] = loadavg();
    const startedAtMs = performance.now();
    const ended = await grade('once').ended;
    const minutes = (performance.now() - startedAtMs) / 60_000;
    // Some cannot be graded, and that is told.
    expect(ended.code, ended.stderr).toBe(3);
    const { grades } = JSON.parse(readFileSync(at('once', 'grades.json'), 'utf8'));
    const got = (grades as SubmissionGrade[]).map(({ id, status, points, flags }) => ({
      name: id,
      points: status === 'broken' ? status : points,
      flags: [...new Set(flags.map(({ kind }) => kind))].sort(),
    }));
    const byName = (left: { name: string }, right: { name: string }) =>
      left.name.localeCompare(right.name, 'en');
    expect(got).toEqual(
      pupils.map(({ name, points, flags }) => ({ name, points, flags })).sort(byName),
    );
    const rate = (pupils.length / minutes).toFixed(1);
    process.stdout.write(
      `${ended.stdout}\n${pupils.length} workspaces in ${(minutes * 60).toFixed(0)} s: ${rate} a minute, on ${cpus().length} cores with a load of ${load.toFixed(1)} before.\n`,
    );
  }, 900_000);

  it('gets the same table again, also where the command was killed on the way', async () => {
    const first = grade('again');
    await until('some are graded', () => rowsIn('again') >= 8, 600_000);
    const processes = descendantsOf(first.child.pid as number);
    first.child.kill('SIGKILL');
    await first.ended;
    await until('all are gone', () => stillRunning(processes).length === 0);
    const kept = rowsIn('again');
    expect(kept).toBeLessThan(pupils.length / 2);
    const second = await grade('again').ended;
    expect(second.code, second.stderr).toBe(3);
    expect(second.stdout).toContain(`${kept} grades of an earlier call were kept`);
    expect(tableIn('again')).toBe(tableIn('once'));
  }, 900_000);

  it('leaves nothing behind: no process, no file, and what was handed in as it was', async () => {
    await until('no process is left', () => processesOfOurs().length === 0);
    expect(contentsOf(at('class'))).toBe(before);
    expect(readdirSync(root).sort()).toEqual(['again', 'class', 'home', 'once', 'outside', 'tmp']);
    for (const name of ['home', 'outside', 'tmp']) expect(readdirSync(at(name))).toEqual([]);
    const outputs = ['grades.csv', 'grades.json', 'grades.jsonl'];
    for (const name of ['once', 'again']) expect(readdirSync(at(name)).sort()).toEqual(outputs);
    const around = readdirSync(join(root, '..')).filter((name) => name.startsWith('escaped'));
    expect(around.map((name) => relative(root, name))).toEqual([]);
  });
});
