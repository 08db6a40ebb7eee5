import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  beginRun,
  defaultFolderName,
  openWorkspace,
  recordPosition,
  updateProgress,
} from '../../workspace/index.ts';
import { workspaceWithLab1 } from './program.testing.ts';
import type { Terminal } from './terminal.testing.ts';

/** What the walker says to prompts for a number; choices are answered by their first option. */
const predicted = '600';

/** Goes on from screen to screen, answering what each asks, until the text is there. */
export async function walkTo(terminal: Terminal, goal: string): Promise<void> {
  const reached = () => terminal.screen().includes(goal);
  // Each prompt is answered once: how many of them the screen has held so far tells a new one from an old one.
  let answered = 0;
  const promptsSeen = () => terminal.screen().match(/^(\?|✔) /gm)?.length ?? 0;
  const isOpen = () => /^\? /m.test(terminal.screen());
  while (!reached()) {
    await terminal.until(
      `the next prompt or ${goal}`,
      () => reached() || (isOpen() && promptsSeen() > answered),
      90_000,
    );
    if (reached()) return;
    answered = promptsSeen();
    const prompt =
      terminal
        .screen()
        .split('\n')
        .findLast((line) => line.startsWith('? ')) ?? '';
    if (prompt.includes('Your prediction (')) terminal.type(predicted);
    else if (prompt.includes('Your answer')) terminal.type(answerFor(terminal.screen()));
    terminal.press('enter');
  }
}

/** An answer that can be read, right or not: a place for each item, or a number. */
function answerFor(screen: string): string {
  const items = [...screen.matchAll(/place for each \?: ([\w=?,]+)/g)].at(-1)?.[1];
  const places = ['hit', 'miss', 'fill', 'key', 'ttl', 'backend'];
  return items?.replace(/\?/g, () => places.shift() ?? 'hit') ?? '0.5';
}

/** One of the workspace's own files in a folder where `start` has made it: `progress.json`, `runs/1.json`. */
export function stateOf(folder: string, file: string) {
  const path = join(folder, defaultFolderName, '.course-labs', file);
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** A workspace in which the guided run of lab 1 stands at a step. */
export async function standingAt(step: string) {
  const { folder, root, lab } = await workspaceWithLab1();
  const workspace = await openWorkspace(root);
  const { id } = await beginRun(workspace, {
    kind: 'guided',
    lab: 1,
    seed: workspace.seed,
    versions: { courseLabs: '0', node: '0', platform: 'linux' },
    now: () => new Date(0),
  });
  await updateProgress(workspace, (progress) => recordPosition(progress, 1, { step, run: id }));
  return { folder, lab, workspace };
}
