/** One subject as the registrar knows it. Its name may be as awkward as `C#`, `constructor` or `Überblick`. */
export interface Subject {
  /** Its own spelling; in paths it is percent-encoded (`apiPath` does that). */
  name: string;
}

/** Someone who can sign in. */
export interface User {
  /** Unique; of a student it is also the `:id` of the registrar's `/students/:id/`. */
  id: number;
  /** Unique: `alice`. */
  username: string;
  /** What `POST /api/v1/users/login/` takes. */
  password: string;
  /** Staff may write; students read what is their own. */
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
  /** Everything in it follows from this. */
  seed: number;
  /** In the seed's order, without the awkward names first or last: `subjects[0]` is no special case. */
  subjects: readonly Subject[];
  /** Names that trip careless keys: `C#`, `constructor`, `__proto__`, non-ASCII, `%`, `&`, `+`, spaces. */
  awkwardSubjects: readonly Subject[];
  /** By id: 1, 2, ... alice is 1 and bob is 11, so that ids collide under concatenation. */
  students: readonly User[];
  /** At least one, who may write. */
  staff: readonly User[];
  /** The student with the id 1: the one whose data leak in examples. */
  alice: User;
  /** The student with the id 11: the one who sees them. */
  bob: User;
}
