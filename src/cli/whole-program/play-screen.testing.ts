import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createWorkspace, defaultFolderName } from '../../workspace/index.ts';
import { freshFolder, run } from './program.testing.ts';
import { cutScreen, type ScreenBlock } from './screen-blocks.testing.ts';
import { openTerminal, type Terminal } from './terminal.testing.ts';

const labs = fileURLToPath(new URL('../../../labs', import.meta.url));

/** As somebody has it who types `npx course-labs` in a terminal without colour. */
const environment = { npm_command: 'exec', NO_COLOR: '1', LANG: 'C.UTF-8' };

/** The same school and names each time. */
const seed = 4711;

/** Plays what a block says, in a workspace of its own: the text that belongs into the block. */
export async function playScreen(block: ScreenBlock): Promise<string> {
  const folder = freshFolder();
  try {
    const root = join(folder, defaultFolderName);
    await createWorkspace({ root, seed });
    if (block.answer !== undefined) await layAnswer(block.answer, root);
    const screen =
      block.until === undefined
        ? await shown(block.command, root, block.columns)
        : await seen(block, block.until, root);
    const text = cutScreen(screen.replaceAll(root, '~/course-labs-work'), block.show);
    return `$ npx course-labs ${block.command}\n${trimmed(text)}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function shown(command: string, cwd: string, columns: number): Promise<string> {
  const ended = await run(words(command), cwd, { ...environment, COLUMNS: String(columns) });
  // 1 is a verdict, and 2 a wrong command: both have a screen of their own.
  if (ended.code === null || ended.code > 2) throw new Error(`${command}: ${ended.stderr}`);
  return ended.code === 2 ? ended.stderr : ended.stdout;
}

/** Words are parted by spaces; quotes keep them together. */
function words(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
}

/** Puts the starter of a lab into the workspace, and an answer of it over that. */
async function layAnswer(answer: string, root: string): Promise<void> {
  const [lab = '', name = ''] = answer.split(' ');
  const folder = readdirSync(labs).find((one) => one.startsWith(`${lab.padStart(2, '0')}-`)) ?? '';
  await run(['reset', lab, '--yes'], root, environment);
  cpSync(join(labs, folder, name), join(root, folder), { recursive: true, force: true });
}

/** Plays a block in a terminal, typing at its prompts, until the text is on the screen. */
async function seen(block: ScreenBlock, until: string, cwd: string): Promise<string> {
  const size = { columns: block.columns, rows: 40 };
  const terminal = openTerminal(words(block.command), cwd, size, environment);
  try {
    if (block.type.length > 0) await answerPrompts(terminal, block.type, until);
    await terminal.see(until);
    return terminal.screen();
  } finally {
    terminal.press('ctrl-c');
    await terminal.exitCode;
  }
}

async function answerPrompts(terminal: Terminal, typed: readonly string[], until: string) {
  const answers = [...typed];
  let answered = 0;
  const prompts = () => terminal.screen().match(/^(\?|✔) /gm)?.length ?? 0;
  const isAsking = () => /^\? /m.test(terminal.screen()) && prompts() > answered;
  const isThere = () => terminal.screen().includes(until);
  for (;;) {
    await terminal.until(`a prompt, or ${until}`, () => isAsking() || isThere(), 90_000);
    // What is looked for is whole when the next thing is asked.
    if (isThere()) return terminal.until('the prompt under it', isAsking, 30_000);
    answered = prompts();
    if (isNumber(terminal)) terminal.type(answers.shift() ?? '1');
    terminal.press('enter');
  }
}

function isNumber(terminal: Terminal): boolean {
  return /^\? (Your prediction \(|Your answer)/m.test(terminal.screen());
}

function trimmed(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd());
  return lines.join('\n').replaceAll(/^\n+|\n+$/g, '');
}
