import { readFileSync } from 'node:fs';
import { keyOf, type LabMutation } from './lab-mutations.ts';

/** A mutant that is as right as the answer it was made from. */
export interface EqualMutant {
  lab: number;
  answer: string;
  file: string;
  operator: string;
  /** The line as it stands, and as the mutant has it. */
  before: string;
  after: string;
  /** Which one of those that are the same, where there are several; default 1. */
  nth?: number;
  /** Why no request that the contract allows tells them apart, or why nobody is asked to keep what it loses. */
  why: string;
}

/** The reviewed list of mutants that no check has to reject. */
export interface EqualMutants {
  whyOf(mutation: LabMutation): string | undefined;
  /** Those of a lab that none of its mutants is any more: the answer was changed. */
  outdated(lab: number, mutations: readonly LabMutation[]): readonly EqualMutant[];
}

export function readEqualMutants(file: string): EqualMutants {
  const list = JSON.parse(readFileSync(file, 'utf8')) as readonly EqualMutant[];
  const keyed = new Map(list.map((each) => [keyOf({ nth: 1, ...each }), each]));
  return {
    whyOf: (mutation) => keyed.get(keyOf(mutation))?.why,
    outdated: (lab, mutations) => {
      const known = new Set(mutations.map(keyOf));
      return [...keyed].flatMap(([key, each]) => (each.lab === lab && !known.has(key) ? each : []));
    },
  };
}
