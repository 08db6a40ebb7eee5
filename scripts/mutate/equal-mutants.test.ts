import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type EqualMutant, readEqualMutants } from './equal-mutants.ts';
import type { LabMutation } from './lab-mutations.ts';
import { makeMutations } from './make-mutants.ts';

const folder = mkdtempSync(join(tmpdir(), 'course-labs-equal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const listed: EqualMutant = {
  lab: 3,
  answer: 'plain',
  file: 'server.ts',
  operator: 'invert-condition',
  before: 'if (a) g();',
  after: 'if (!(a)) g();',
  why: 'g does nothing',
};
const file = join(folder, 'equal.json');
writeFileSync(file, JSON.stringify([listed]));
const equals = readEqualMutants(file);

function mutationsOf(source: string): LabMutation[] {
  const made = makeMutations('server.ts', source);
  return made.map((each) => ({ ...each, lab: 3, answer: 'plain', folder: '' }));
}

describe('mutants that are known to be equal', () => {
  it('are known again when their line has moved', () => {
    const [moved] = mutationsOf('\n\n// Above.\nif (a) g();').filter(
      ({ operator }) => operator === 'invert-condition',
    );
    expect(moved && equals.whyOf(moved)).toBe('g does nothing');
  });

  it('are not taken for the same change of the same line elsewhere', () => {
    const twins = mutationsOf('if (a) g();\nif (a) g();').filter(
      ({ operator }) => operator === 'invert-condition',
    );
    expect(twins.map((each) => equals.whyOf(each))).toEqual(['g does nothing', undefined]);
  });

  it('are told as outdated once no mutant is like them', () => {
    expect(equals.outdated(3, mutationsOf('if (a) g();'))).toEqual([]);
    expect(equals.outdated(3, mutationsOf('if (b) g();'))).toEqual([listed]);
    expect(equals.outdated(4, [])).toEqual([]);
  });
});
