import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab } from '../catalog/types.ts';
import { couldNotRun } from '../errors.ts';
import type { CodeExercise } from '../kit/index.ts';
import { createSchool } from '../registrar/school.ts';
import type { LabFiles, Workspace } from '../workspace/index.ts';

/** What the workspace needs to know of a lab to install it. */
export function labFiles(lab: Lab, { seed }: Pick<Workspace, 'seed'>): LabFiles {
  return {
    number: lab.number,
    title: lab.title,
    folderName: lab.folderName,
    starter: join(lab.folder, 'starter'),
    readme: readme(lab),
    evidence: () => lab.evidence?.(createSchool(seed)) ?? [],
  };
}

export function codeExercises(lab: Lab): readonly CodeExercise[] {
  return lab.exercises.filter((exercise): exercise is CodeExercise => exercise.kind === 'code');
}

function readme(lab: Lab): string {
  const { number } = lab;
  const files = codeExercises(lab).map(
    ({ id, title, file }) => `- ${id}: ${title}. Edit \`${file}\`.`,
  );
  return `# Lab ${number}: ${lab.title}

About ${lab.minutes} minutes.

${files.join('\n')}

\`\`\`
npx course-labs run ${number}             the guided lab
npx course-labs check-answer ${number}    grade your answer
npx course-labs watch ${number}           grade it at each save
npx course-labs bench ${number} --mine    measure your server
npx course-labs serve ${number} --mine    run your server and ask it by hand
npx course-labs hint ${number}            a hint
npx course-labs reset ${number}           the starter again; your file is kept
\`\`\`
`;
}

/** Throws (exit 3) where the learner has no folder of the lab yet. */
export async function ensureLabFolder(folder: string, lab: Lab): Promise<void> {
  const files = await readdir(folder).catch(() => []);
  if (files.length > 0) return;
  throw couldNotRun(
    `You have no files of lab ${lab.number} yet.`,
    `Begin it: course-labs run ${lab.number}; or its starter alone: course-labs reset ${lab.number} --yes`,
  );
}
