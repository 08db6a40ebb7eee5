import type { EvidenceFile, School } from 'course-labs/kit';
import { createIncident, type Incident } from './incident.ts';

/** Where the files of the incident lie, in the lab's folder. */
export const evidenceFolder = 'evidence';

let latest: { seed: number; incident: Incident } | undefined;

/** The incident of this school. A command asks for it several times: the latest one is remembered. */
export function incidentOf(school: School): Incident {
  if (latest?.seed !== school.seed) {
    latest = { seed: school.seed, incident: createIncident(school) };
  }
  return latest.incident;
}

export function evidence(school: School): readonly EvidenceFile[] {
  return Object.entries(incidentOf(school).files).map(([name, text]) => ({
    path: `${evidenceFolder}/${name}`,
    text,
  }));
}
