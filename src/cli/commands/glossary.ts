import { join } from 'node:path';
import { findTerm, loadGlossary, type Term } from '../../catalog/glossary.ts';
import { exitCodes } from '../../errors.ts';
import { renderGlossary, renderTerm } from '../../render/glossary.ts';
import type { CommonOptions, Context } from '../context.ts';
import { openSession } from '../session.ts';

interface Options extends CommonOptions {
  json?: boolean;
}

/** Where the words are written down. */
export function glossaryFile({ packageRoot }: Pick<Context, 'packageRoot'>): string {
  return join(packageRoot, 'labs', 'glossary.md');
}

/** `glossary`: the words of caching and logging; with a word, what it means and where it is seen. */
export async function run(
  context: Context,
  options: Options,
  ...words: readonly (string | readonly string[] | undefined)[]
): Promise<number> {
  const session = openSession(context, options);
  const terms = await loadGlossary(glossaryFile(context));
  const name = words.flat().join(' ');
  const { program } = session.theme;
  if (name === '') {
    const next = [{ label: 'What one means', command: `${program} glossary stampede` }];
    if (options.json) session.printJson(terms);
    else session.print(renderGlossary({ terms, next }, session.theme));
    return exitCodes.fine;
  }
  const term = findTerm(terms, name);
  if (options.json) session.printJson(term);
  else session.print(renderTerm(await modelOf(term), session.theme));
  return exitCodes.fine;

  async function modelOf(found: Term) {
    const { labs } = await session.catalog();
    const title = labs.find(({ number }) => number === found.lab)?.title;
    return {
      term: found,
      labTitle: title === undefined ? String(found.lab) : `${found.lab} ${title}`,
      next: [{ label: 'See it', command: `${program} run ${found.lab}` }],
    };
  }
}
