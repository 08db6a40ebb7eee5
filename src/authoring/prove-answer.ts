import type { Lab } from '../catalog/types.ts';
import { gradeCode } from '../grading/grade-code.ts';
import { prepareProof } from '../grading/prepare-answer.ts';
import type { GradeProgress } from '../grading/run-checks.ts';
import type { CodeVerdict } from '../grading/verdict.ts';
import type { Checks, CodeExercise } from '../kit/index.ts';
import type { Stage } from '../probe/stage.ts';
import type { StartFailure } from '../runtime/types.ts';

/** Where answers are proved. */
export interface ProofPlace {
  openStage(seed: number): Promise<Stage>;
  /** For the answers' files; each is removed when it is proved. */
  workFolder: string;
  /** The node_modules folder whose packages answers may import; where none is named, those that are found from workFolder. */
  packages?: string;
  signal?: AbortSignal | undefined;
}

export interface ProveOptions {
  lab: Lab;
  checks: Checks;
  /** The folder that is laid over the starter; undefined for the starter itself. */
  answer: string | undefined;
  seed: number;
  /** Ids of checks; without them all. An exercise that has none of them is not graded. */
  only?: readonly string[];
  place: ProofPlace;
  onProgress?: ((progress: GradeProgress) => void) | undefined;
}

/** What grading an answer showed: a verdict for each exercise, or why it cannot even be compiled. */
export type Proved =
  | { kind: 'graded'; verdicts: readonly CodeVerdict[] }
  | { kind: 'no-program'; failure: StartFailure };

/** Grades one answer of a lab with one seed. */
export async function proveAnswer(options: ProveOptions): Promise<Proved> {
  const { lab, answer, place } = options;
  const proof = await prepareProof({
    starter: `${lab.folder}/starter`,
    answer,
    workFolder: place.workFolder,
    ...(place.packages !== undefined && { packages: place.packages }),
    allowWorkers: lab.allowWorkers ?? false,
  });
  try {
    if (proof.prepared.kind === 'failed')
      return { kind: 'no-program', failure: proof.prepared.failure };
    const { program } = proof.prepared;
    const verdicts: CodeVerdict[] = [];
    for (const { exercise, checks, only } of graded(options)) {
      const { openStage, signal } = place;
      const { seed, onProgress } = options;
      verdicts.push(
        await gradeCode({ exercise, checks, program, seed, openStage, only, signal, onProgress }),
      );
    }
    return { kind: 'graded', verdicts };
  } finally {
    await proof.remove();
  }
}

function graded({ lab, checks, only }: ProveOptions) {
  return lab.exercises
    .filter((each): each is CodeExercise => each.kind === 'code')
    .map((exercise) => {
      const own = checks[exercise.id] ?? [];
      return {
        exercise,
        checks: own,
        only: only && own.map(({ id }) => id).filter((id) => only.includes(id)),
      };
    })
    .filter(({ checks: own, only: some }) => own.length > 0 && some?.length !== 0);
}
