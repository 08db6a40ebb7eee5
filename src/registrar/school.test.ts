import { describe, expect, it } from 'vitest';
import { createSchool } from './school.ts';

const seeds = [0, 1, 8841, -5, 4_294_967_295];

describe('a school', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(createSchool(8841)).toEqual(createSchool(8841));
    const [one, other] = [createSchool(1), createSchool(2)];
    expect(one.subjects).not.toEqual(other.subjects);
    expect(one.alice.canaries).not.toEqual(other.alice.canaries);
    expect(one.alice.tokens).not.toEqual(other.alice.tokens);
    expect(one.students.map(({ username }) => username)).not.toEqual(
      other.students.map(({ username }) => username),
    );
  });

  it('has 2,000 students by id, alice the first and bob the eleventh, and staff beyond them', () => {
    const { students, staff, alice, bob } = createSchool(3);
    expect(students.map(({ id }) => id)).toEqual(Array.from({ length: 2000 }, (_, at) => at + 1));
    expect(students.every(({ role }) => role === 'student')).toBe(true);
    expect([alice, bob]).toEqual([students[0], students[10]]);
    expect([alice.username, bob.username]).toEqual(['alice', 'bob']);
    expect(staff.length).toBeGreaterThanOrEqual(2);
    expect(staff.every(({ id, role }) => id > 2000 && role === 'staff')).toBe(true);
  });

  it.each(seeds)('gives everybody marks of their own (seed %i)', (seed) => {
    const { students, staff } = createSchool(seed);
    const users = [...students, ...staff];
    const marks = users.flatMap(({ canaries, tokens, password }) => [
      ...Object.values(canaries),
      ...tokens,
      password,
    ]);
    expect(marks).toHaveLength(users.length * 6);
    expect(new Set(marks).size).toBe(marks.length);
    expect(new Set(users.map(({ username }) => username.toLowerCase())).size).toBe(users.length);
    expect(new Set(users.map(({ id }) => id)).size).toBe(users.length);
    for (const { canaries } of users) {
      for (const canary of Object.values(canaries)) expect(canary).toMatch(/^(\w{4}-){2}\w{4}$/);
    }
  });

  it.each(seeds)(
    'has 40 subjects, half of them awkward, neither first nor last (seed %i)',
    (seed) => {
      const { subjects, awkwardSubjects } = createSchool(seed);
      expect(subjects).toHaveLength(40);
      expect(awkwardSubjects).toHaveLength(20);
      expect(subjects).toEqual(expect.arrayContaining([...awkwardSubjects]));
      expect(awkwardSubjects).not.toContain(subjects[0]);
      expect(awkwardSubjects).not.toContain(subjects.at(-1));
      const names = subjects.map(({ name }) => name);
      expect(names).toContain('Python');
      for (const pair of [
        ['Art', 'Art History'],
        ['Java', 'JavaScript'],
      ]) {
        expect(names).toEqual(expect.arrayContaining(pair));
      }
    },
  );

  it('has every kind of awkward name', () => {
    const names = createSchool(5).awkwardSubjects.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['C#', 'constructor', '__proto__', 'toString']));
    for (const character of ['%', '&', '+', '#', '?', '*', ':', '=', '[', '"', ' ']) {
      expect(names.some((name) => name.includes(character))).toBe(true);
    }
    expect(names.some((name) => /\p{Script=Han}|[üí²]/u.test(name))).toBe(true);
  });

  it.each(seeds)(
    'names subjects so that each has one path and one lower case (seed %i)',
    (seed) => {
      const names = createSchool(seed).subjects.map(({ name }) => name);
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
      for (const name of names) {
        expect(name).not.toMatch(/^\.{1,2}$|\/|Σ|\0/);
        expect(name.normalize('NFC')).toBe(name);
        expect([...name].map((letter) => letter.toLowerCase()).join('')).toBe(name.toLowerCase());
      }
    },
  );
});
