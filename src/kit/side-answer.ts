import type { Marks } from './marks.ts';
import type { User } from './school.ts';
import type { Answer } from './server.ts';

/** One user's answer, for one column. */
export interface SideAnswer {
  /** `alice asked first` */
  heading: string;
  /** Who asked; undefined for someone who is not signed in. */
  user?: Pick<User, 'id' | 'username' | 'role'> | undefined;
  /** What came; its request is shown, too. */
  answer: Answer;
}

/** What is shown of the answers, and what is said about them. */
export interface SideBySideOptions {
  /** A heading over both columns. */
  title?: string;
  /** Whose texts are looked for, by user name. */
  marks?: Marks;
  /** Headers of the answer that are shown when it has them, names in lower case; default `set-cookie`. */
  headers?: readonly string[];
  /**
   * Fields of the body that are shown, by path (`results.0.note`); default the first 8. Each is called by as much of its
   * path as tells it from the others: `note`.
   */
  fields?: readonly string[];
  /** Sentences under them. */
  notes?: readonly string[];
  /** What to type to see it by hand; each stays whole. */
  commands?: readonly string[];
}
