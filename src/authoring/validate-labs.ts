import { objectiveRows } from '../catalog/objectives.ts';
import type { Catalog, Lab } from '../catalog/types.ts';
import type { RunRecord } from '../kit/index.ts';
import { runInLanes } from './in-turn.ts';
import { type InspectedLab, inspectLab } from './inspect-lab.ts';
import { catalogProblems } from './lab-rules.ts';
import { checkLines, proofTasks } from './proof-tasks.ts';
import type { ProofPlace } from './prove-answer.ts';
import type { ValidationLine, ValidationReport } from './report.ts';

export interface ValidateOptions {
  catalog: Catalog;
  place: ProofPlace;
  /** The first proves every answer; right answers are proved with the others as well (three, by the design). */
  seeds: readonly [number, ...number[]];
  /** Runs all checks of a wrong answer, not only the one that it names and what that needs. */
  thorough?: boolean;
  /** Every objective of the course must have its graded exercise. */
  complete?: boolean;
  /** Answers that are proved at a time; default 2. */
  width?: number;
  /** A recorded run of a lab, to pose its questions from. */
  sampleRun?: (lab: Lab) => RunRecord | undefined;
  /** Called with each line as soon as it is known. */
  onLine?: (line: ValidationLine) => void;
}

/**
 * Proves labs: their definitions, their right and wrong answers, their checks. What is wrong with a lab is a line, never
 * an error; throws a CourseError where nothing can be run here, and the signal's reason when it is aborted.
 */
export async function validateLabs(options: ValidateOptions): Promise<ValidationReport> {
  const { catalog, place, seeds, thorough = false, complete = false, width = 2 } = options;
  const startedAtMs = performance.now();
  const lines: ValidationLine[] = [];
  const add = (line: ValidationLine) => {
    lines.push(line);
    options.onLine?.(line);
  };

  const shared = catalogProblems(catalog.labs);
  const inspected: InspectedLab[] = [];
  for (const lab of catalog.labs) {
    const found = await inspectLab(lab, { seeds, run: options.sampleRun?.(lab) });
    const problems = [...(shared.get(lab.folderName) ?? []), ...found.problems];
    for (const text of problems)
      add({ lab: lab.folderName, kind: 'lab', name: lab.slug, ok: false, text });
    if (problems.length === 0)
      add({ lab: lab.folderName, kind: 'lab', name: lab.slug, ok: true, text: found.summary });
    inspected.push(found);
  }

  const ofLabs = inspected.map((found) => proofTasks(found, { place, seeds, thorough, add }));
  // Seed by seed over all labs: a stage serves one answer after the other, as long as its seed is wanted.
  const ofSeeds = seeds.map((_, index) => ofLabs.flatMap((tasks) => tasks[index] ?? []));
  await runInLanes(ofSeeds, width);
  for (const found of inspected) for (const line of checkLines(found, lines)) add(line);

  const missingObjectives = objectiveRows(catalog)
    .filter(({ graded }) => !graded)
    .map(({ id }) => id);
  const count = (kind: ValidationLine['kind']) => lines.filter((line) => line.kind === kind).length;
  return {
    lines,
    solutions: count('solution'),
    mutants: count('mutant'),
    checks: count('check'),
    missingObjectives,
    ok: lines.every(({ ok }) => ok) && (!complete || missingObjectives.length === 0),
    durationMs: performance.now() - startedAtMs,
  };
}
