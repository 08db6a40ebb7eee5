import type { Lab } from '../catalog/types.ts';

/** What an interrupt at this step leaves, and how to go on. */
export function keptNote(lab: Lab, stepId: string, program: string): string {
  const step = lab.steps.find(({ id }) => id === stepId);
  const goOn = `${program} run ${lab.number}`;
  switch (step?.kind) {
    case 'bench':
    case 'experiment':
    case 'live':
      return `Your run is kept; what was being measured is measured anew. Go on: ${goOn}`;
    case 'check':
      return `Your run and your file are kept; a grading that was under way does not count. Go on: ${goOn}`;
    default:
      return `Your run is kept. It goes on here, at ${step?.phase}: ${goOn}`;
  }
}
