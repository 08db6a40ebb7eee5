import { createTheme, type Theme } from '../render/theme.ts';
import type { CommonOptions, Context } from './context.ts';
import { programName } from './program-name.ts';

/** Where nothing tells the width: wide enough for every table. */
const defaultColumns = 100;

/**
 * The theme of a stream. NO_COLOR (no-color.org) and FORCE_COLOR are obeyed; without either, colour is for terminals
 * alone. `--plain` wins over all.
 */
export function themeFor(
  context: Context,
  stream: Context['stdout'],
  options: Pick<CommonOptions, 'plain' | 'labs'>,
): Theme {
  const { env } = context;
  const plain = options.plain ?? false;
  const columns = stream.columns ?? (Number(env.COLUMNS) || defaultColumns);
  const dumb = env.TERM === 'dumb';
  const forced =
    env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  const refused = env.NO_COLOR !== undefined && env.NO_COLOR !== '';
  const colour = !plain && !refused && (forced || (Boolean(stream.isTTY) && !dumb));
  // The Linux console has no glyphs for the marks; anything else of the last twenty years has.
  const unicode = !plain && env.TERM !== 'linux';
  const program = programName(context, options);
  return createTheme({ columns, colour, plain, unicode, program });
}

/** The theme of a stream as it is now: made when it is first needed, and anew when the terminal has got another width. */
export function themeFollower(
  context: Context,
  stream: Context['stdout'],
  options: Pick<CommonOptions, 'plain'>,
): () => Theme {
  let made: { columns: number | undefined; theme: Theme } | undefined;
  return () => {
    const { columns } = stream;
    if (made === undefined || made.columns !== columns) {
      made = { columns, theme: themeFor(context, stream, options) };
    }
    return made.theme;
  };
}
