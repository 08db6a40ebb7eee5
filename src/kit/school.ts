/** One subject as the registrar knows it. Its name may be as awkward as `C#`, `constructor` or `Überblick`. */
export interface Subject {
  name: string;
}

/** Someone who can sign in. */
export interface User {
  /** Unique; of a student it is also the `:id` of the registrar's `/students/:id/`. */
  id: number;
  username: string;
  password: string;
  role: 'student' | 'staff';
  /** Tokens that the registrar knows from its start; at least two a student, so that one user has two sessions. */
  tokens: readonly [string, string];
  /** Texts that stand in this user's private data and nowhere else: where one turns up, that user's data leaked. */
  canaries: Canaries;
}

/** A user's random marks. Each is unique in the school and drawn from the seed. */
export interface Canaries {
  /** Stands in a note of each grade. */
  grades: string;
  /** The locker's combination. */
  locker: string;
  /** Stands in the user's own statistics. */
  stats: string;
}

/** The school of one seed, as far as checks, experiments and questions need to know it. */
export interface School {
  seed: number;
  /** In the seed's order, without the awkward names first or last: `subjects[0]` is no special case. */
  subjects: readonly Subject[];
  /** Names that trip careless keys: `C#`, `constructor`, `__proto__`, non-ASCII, `%`, `&`, `+`, spaces. */
  awkwardSubjects: readonly Subject[];
  /** By id: 1, 2, ... alice is 1 and bob is 11, so that ids collide under concatenation. */
  students: readonly User[];
  staff: readonly User[];
  alice: User;
  bob: User;
}
