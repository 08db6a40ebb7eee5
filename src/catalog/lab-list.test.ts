import { cp, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LabSummary, loadLabList } from './lab-list.ts';
import { type LabSource, loadCatalog } from './load-catalog.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ours = { source: join(root, 'labs'), built: join(root, 'dist/labs') };
const kit = pathToFileURL(join(root, 'dist/kit.js')).href;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'course-labs-list-'));
});
afterEach(() => rm(folder, { recursive: true }));

const options = (...folders: LabSource[]) => ({
  folders,
  compiler: { workFolder: join(folder, 'work'), kit },
});

/** One built lab, whose module is never to be loaded, and its entry in the list. */
async function buildOne(): Promise<LabSource & { built: string }> {
  const [source, built] = [join(folder, 'labs'), join(folder, 'built')];
  const name = '03-one';
  await mkdir(join(source, name), { recursive: true });
  await mkdir(join(built, name), { recursive: true });
  await writeFile(join(built, name, 'lab.js'), 'throw new Error("loaded");');
  const listed = { title: 'One', objectives: ['T1'], minutes: 5, steps: [], exercises: [] };
  await writeFile(join(built, 'list.json'), JSON.stringify({ [name]: listed }));
  return { source, built };
}

describe('the list of labs', () => {
  test('says of our labs what the labs themselves say', async () => {
    const { labs } = await loadCatalog(options(ours));
    const listed = await loadLabList(options(ours));
    expect(listed).toEqual(labs.map(summaryOf));
  });

  test('loads no lab that was built', async () => {
    const [lab] = await loadLabList(options(await buildOne()));
    expect(lab).toMatchObject({ number: 3, slug: 'one', folderName: '03-one', title: 'One' });
  });

  test('has the labs of a folder of one’s own, which are loaded, in their places', async () => {
    const own = { source: join(root, 'fixtures/course'), built: undefined };
    const titles = (await loadLabList(options(await buildOne(), own))).map(({ title }) => title);
    expect(titles).toEqual(['A tiny cache', 'One']);
  });

  test('is not asked where a lab was begun and not built: then all are loaded', async () => {
    const built = await buildOne();
    await cp(join(root, 'fixtures/course/01-tiny-cache'), join(built.source, '01-tiny-cache'), {
      recursive: true,
    });
    await expect(loadLabList(options(built))).rejects.toThrow('03-one cannot be loaded');
    // By then the other lab has been compiled: nobody writes on in a folder that the caller now removes.
    const [work = ''] = await readdir(join(folder, 'work'));
    const compiled = await readdir(join(folder, 'work', work));
    expect(compiled.filter((name) => name.startsWith('01-tiny-cache'))).toHaveLength(1);
    const [output = ''] = compiled.filter((name) => name.startsWith('01-tiny-cache'));
    expect(await readdir(join(folder, 'work', work, output))).toEqual(['lab.mjs']);
  });
});

describe('a list that is not of the same build is told, and nothing is listed from it', () => {
  const refusal = (source: LabSource) =>
    loadLabList(options(source)).then(
      () => expect.unreachable(),
      ({ message, exitCode, nextStep }) => ({ message, exitCode, nextStep }),
    );

  test('where a lab was built later', async () => {
    const built = await buildOne();
    const later = new Date(Date.now() + 5_000);
    await utimes(join(built.built, '03-one/lab.js'), later, later);
    expect(await refusal(built)).toEqual({
      message: `${join(built.built, 'list.json')} does not tell of 03-one as it was built.`,
      exitCode: 3,
      nextStep: 'Build the course again: npm run build',
    });
  });

  test('where it lacks a lab', async () => {
    const built = await buildOne();
    await writeFile(join(built.built, 'list.json'), '{}');
    expect((await refusal(built)).message).toContain('does not tell of 03-one');
  });

  test('where it is missing, or no list', async () => {
    const built = await buildOne();
    await writeFile(join(built.built, 'list.json'), '{');
    expect((await refusal(built)).message).toContain('list.json cannot be read');
    await rm(join(built.built, 'list.json'));
    expect((await refusal(built)).message).toContain('list.json is missing');
  });
});

function summaryOf(lab: LabSummary): LabSummary {
  const { number, slug, folderName, title, objectives, minutes } = lab;
  return {
    number,
    slug,
    folderName,
    title,
    objectives,
    minutes,
    steps: lab.steps.map(({ id, phase }) => ({ id, phase })),
    exercises: lab.exercises.map((exercise) => ({
      id: exercise.id,
      title: exercise.title,
      kind: exercise.kind,
      objectives: exercise.objectives,
      points: exercise.points,
    })),
  };
}
