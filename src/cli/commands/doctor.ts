import { CourseError, exitCodes } from '../../errors.ts';
import { type DoctorLine, renderDoctor } from '../../render/doctor.ts';
import { count } from '../../render/format.ts';
import { findWorkspace, openWorkspace, readProgress, stateFolder } from '../../workspace/index.ts';
import { sweepCommandFolders } from '../command-folder.ts';
import type { CommonOptions, Context } from '../context.ts';
import {
  examineNode,
  examinePorts,
  examineRedis,
  examineSystem,
  examineTerminal,
} from '../doctor/examine.ts';
import { isDone } from '../lab-rows.ts';
import { openSession, type Session } from '../session.ts';

interface Options extends CommonOptions {
  json?: boolean;
}

/** `doctor`: what is there, what is not, and what to do about it. Exit 3 when something must be repaired first. */
export async function run(context: Context, options: Options): Promise<number> {
  const session = openSession(context, options);
  const lines = [
    examineNode(context),
    examineSystem(context),
    await examinePorts(),
    await examineRedis(context),
    examineTerminal(context),
    await examineWorkspace(session, options),
    ...(await examineCommandFolders(context)),
  ];
  if (options.json) session.printJson({ lines });
  else session.print(renderDoctor({ lines }, session.theme));
  const broken = lines.some(({ state }) => state === 'broken');
  return broken ? exitCodes.couldNotRun : exitCodes.fine;
}

/** Says nothing where nothing was left. */
async function examineCommandFolders(context: Context): Promise<DoctorLine[]> {
  const ended = await sweepCommandFolders(context);
  if (ended === 0) return [];
  return [{ state: 'fine', label: 'Outside workspaces', text: whatEnded(ended) }];
}

function whatEnded(processes: number): string {
  return `ended ${count(processes, 'process', 'processes')} that an earlier command had left`;
}

async function examineWorkspace(session: Session, options: Options): Promise<DoctorLine> {
  const label = 'Workspace';
  try {
    const root = options.workspace ?? findWorkspace(session.context.cwd);
    if (root === undefined) {
      const advice = [`It is made by: ${session.theme.program} start`];
      return { state: 'missing', label, text: 'none here or above', advice };
    }
    const workspace = await openWorkspace(root);
    const swept = await session.sweep(stateFolder(workspace.root));
    const warnings: string[] = [];
    const progress = await readProgress(workspace, (sentence) => warnings.push(sentence));
    const { labs } = await session.catalog();
    const done = labs.filter((lab) => isDone(lab, progress)).length;
    const ended = swept === 0 ? '' : `; ${whatEnded(swept)}`;
    const text = `${root}: ${done} of ${labs.length} labs done${ended}`;
    if (warnings.length > 0) return { state: 'missing', label, text, advice: warnings };
    return { state: 'fine', label, text };
  } catch (thrown) {
    if (!(thrown instanceof CourseError)) throw thrown;
    const advice = thrown.nextStep === undefined ? [] : [thrown.nextStep];
    return { state: 'broken', label, text: thrown.message, advice };
  }
}
