import { resolve } from 'node:path';
import { exitCodes } from '../../errors.ts';
import type { CourseReport } from '../../grading/course-report.ts';
import { findingsOf, type ReportFinding } from '../../grading/report-findings.ts';
import { renderReport } from '../../render/report.ts';
import { writeWhole } from '../../workspace/write-whole.ts';
import { ownBuildFolder } from '../build-folder.ts';
import type { CommonOptions, Context } from '../context.ts';
import { gatherReport, verifyReport } from '../gather-report.ts';
import { openSession, type Session } from '../session.ts';
import { versionsOf } from '../versions.ts';

interface Options extends CommonOptions {
  format: 'text' | 'json' | 'html' | 'junit' | 'gradescope';
  json?: boolean;
  output?: string;
  verify?: boolean;
}

/** `report`: evidence to hand in. With `--verify`, exit 1 where evidence and answers disagree. */
export async function run(context: Context, options: Options): Promise<number> {
  const session = openSession(context, options);
  const workspace = await session.workspace();
  const { labs } = await session.catalog();
  const { warn } = session;
  const gathered = await gatherReport({
    workspace,
    labs,
    versions: versionsOf(context),
    now: context.now,
    warn,
  });
  const report = options.verify
    ? await verifyReport(gathered, {
        workspace,
        labs,
        runtime: await session.runtime(workspace),
        buildFolder: await ownBuildFolder(workspace, context),
        drawSeed: context.drawSeed,
        signal: context.signal,
        onWorking: session.progress.show,
      })
    : gathered;
  const findings = findingsOf(report);
  const text = await textOf(report, findings, options, session);
  if (options.output === undefined) session.print(text);
  else await writeWhole(resolve(context.cwd, options.output), `${text}\n`);
  const disagrees = findings.some(({ kind }) => kind === 'disagrees');
  return options.verify && disagrees ? exitCodes.notPassed : exitCodes.fine;
}

async function textOf(
  report: CourseReport,
  findings: readonly ReportFinding[],
  { format, json, verify }: Options,
  { theme, context }: Session,
): Promise<string> {
  switch (json ? 'json' : format) {
    case 'json':
      return JSON.stringify({ ...report, findings }, null, 2);
    case 'junit': {
      const { renderJUnit } = await import('../../render/report-junit.ts');
      return renderJUnit(report);
    }
    case 'gradescope': {
      const { gradescopeResults } = await import('../../render/report-gradescope.ts');
      return JSON.stringify(gradescopeResults(report, findings, verify ?? false), null, 2);
    }
    case 'html': {
      const { renderReportHtml } = await import('../../render/html/report.ts');
      return renderReportHtml(report, findings, context.now()).trimEnd();
    }
    case 'text': {
      const { program } = theme;
      const next = [
        ...(verify
          ? []
          : [{ label: 'Grade the files again', command: `${program} report --verify` }]),
        { label: 'To hand in', command: `${program} report --format json --output report.json` },
        { label: 'To look at', command: `${program} report --format html --output report.html` },
      ];
      return renderReport({ report, findings, verified: verify ?? false, next }, theme);
    }
  }
}
