import { join, relative, resolve } from 'node:path';
import { createLab } from '../../authoring/new-lab.ts';
import { exitCodes } from '../../errors.ts';
import { renderNewLab } from '../../render/new-lab.ts';
import { authorsGuide } from '../authors-guide.ts';
import { ourLabs, ownLabs } from '../catalog-options.ts';
import type { CommonOptions, Context } from '../context.ts';
import { openSession } from '../session.ts';

interface Options extends CommonOptions {
  number?: number;
  title?: string;
  json?: boolean;
}

const defaultFolder = 'labs';

/** `labs new`: a lab to begin with. */
export async function run(context: Context, options: Options, slug: string): Promise<number> {
  const { cwd, packageRoot, env } = context;
  const labs = options.labs ?? (env.COURSE_LABS_LABS || defaultFolder);
  const parent = ownLabs(context, { labs });
  const { number, title, json } = options;
  const made = await createLab({
    template: join(packageRoot, 'template'),
    ours: ourLabs(context),
    parent: parent ?? ourLabs(context),
    slug,
    number,
    title,
  });
  // The next commands must find the lab, wherever it was made.
  const { plain } = options;
  const session = openSession(context, {
    ...(plain && { plain }),
    ...(parent !== undefined && env.COURSE_LABS_LABS !== labs && { labs }),
  });
  const folder = relative(cwd, made.folder);
  const guide = authorsGuide(context);
  if (json) session.printJson({ ...made, guide: resolve(cwd, guide) });
  else session.print(renderNewLab({ ...made, folder, guide }, session.theme));
  return exitCodes.fine;
}
