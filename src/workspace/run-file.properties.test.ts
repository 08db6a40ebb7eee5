import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { figures, refused } from '../../fixtures/models/bench.ts';
import * as exhibits from '../../fixtures/models/exhibits.ts';
import { always, anyText, mutated } from '../properties.testing.ts';
import { renderBench } from '../render/bench.ts';
import { renderExhibit } from '../render/exhibit.ts';
import { renderResultsHtml } from '../render/html/results.ts';
import { renderResults } from '../render/results.ts';
import { renderResultsCsv } from '../render/results-csv.ts';
import { createTheme } from '../render/theme.ts';
import { runFile, runsFolder } from './paths.ts';
import { beginRun, readRun, saveRun } from './run-file.ts';
import { listRuns } from './run-list.ts';
import { temporaryFolder } from './test-support.ts';
import type { StoredRun } from './types.ts';

const versions = { courseLabs: '0.1.0', node: '20.20.2', platform: 'linux' };
const startedAt = '2026-03-01T09:30:00.000Z';

const run: StoredRun = {
  id: 1,
  kind: 'guided',
  startedAt,
  complete: true,
  versions,
  record: {
    id: 1,
    lab: 1,
    seed: 7,
    predictions: { guess: 2000, why: 'b' },
    benches: { measure: figures, mine: refused.report },
    experiments: Object.fromEntries(
      Object.entries(exhibits).map(([id, exhibit]) => [id, { exhibit, data: { count: 1 } }]),
    ),
  },
};

async function place() {
  const root = await temporaryFolder();
  mkdirSync(runsFolder(root), { recursive: true });
  return { root };
}

const theme = createTheme({ columns: 80, colour: true, plain: false, unicode: true });
const plain = createTheme({ columns: 60, colour: false, plain: true, unicode: false });

/** Every way in which what is stored comes to a screen, a page or a sheet. */
function showAll({ record: { benches, experiments } }: StoredRun): void {
  const lab = { number: 1, title: 'A lab' };
  const results = Object.entries(benches).map(([step, report]) => ({
    run: 1,
    when: '',
    step,
    report,
  }));
  renderResultsHtml([{ lab, results }]);
  renderResultsCsv(results.map((result) => ({ ...result, lab: 1, startedAt })));
  for (const place of [theme, plain]) {
    renderResults({ lab, results, next: [] }, place);
    for (const { report } of results) renderBench({ report, lab: 1, run: 1, next: [] }, place);
    for (const { exhibit } of Object.values(experiments)) renderExhibit(exhibit, place);
  }
}

it('a run edited by hand is left out with a sentence, or it can be shown', async () => {
  const workspace = await place();
  const texts = fc.oneof(
    mutated(run).map((json) => JSON.stringify({ version: 1, ...(json as object) })),
    fc.nat(3000).map((length) => JSON.stringify({ version: 1, ...run }).slice(0, length)),
    anyText(),
  );
  await always(
    [texts],
    async (text) => {
      writeFileSync(runFile(workspace.root, 1), text);
      const warned: string[] = [];
      const found = await listRuns(workspace, { warn: (sentence) => warned.push(sentence) });
      expect(found.length + warned.length).toBe(text === '' ? 0 : 1);
      for (const each of found) showAll(each);
    },
    0.2,
  );
});

it('what a run holds is read as it was written', async () => {
  const workspace = await place();
  const data = fc.dictionary(
    anyText(8).filter((name) => !(name in {})),
    fc.jsonValue({ maxDepth: 2 }),
  );
  await always(
    [data, anyText(), fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), anyText(8))],
    async (found, title, guess) => {
      const experiment = {
        exhibit: { kind: 'table' as const, title, columns: [title], rows: [[title]] },
        data: found,
      };
      const record = { ...run.record, predictions: { guess }, experiments: { look: experiment } };
      await saveRun(workspace, { ...run, record });
      expect(JSON.stringify((await readRun(workspace, 1))?.record)).toBe(JSON.stringify(record));
    },
    0.1,
  );
});

it('whatever files are there, the next run gets an id of its own', async () => {
  const workspace = await place();
  const names = fc.oneof(
    fc.bigInt({ min: 0n, max: 10n ** 22n }).map(String),
    fc.nat(30).map(String),
    fc.constantFrom('9007199254740992', '01', '1e3', '-1', 'x'),
  );
  await always(
    [fc.array(names, { maxLength: 4 })],
    async (taken) => {
      rmSync(runsFolder(workspace.root), { recursive: true });
      mkdirSync(runsFolder(workspace.root));
      for (const name of taken) writeFileSync(`${runsFolder(workspace.root)}/${name}.json`, '');
      const begun = await beginRun(workspace, {
        kind: 'bench',
        lab: 1,
        seed: 1,
        versions,
        now: () => new Date(startedAt),
      });
      expect(taken).not.toContain(String(begun.id));
      expect((await readRun(workspace, begun.id))?.id).toBe(begun.id);
    },
    0.05,
  );
});
