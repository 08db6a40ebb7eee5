import type { Check } from 'course-labs/kit';

/** What becomes of checks of an earlier lab in this one. */
export interface Taken {
  /** Points by id: these checks are taken, in this order, and no others. */
  points: Readonly<Record<string, number>>;
  /** The checks whose server they share; absent: each has its own. */
  group?: string;
  settings?: NonNullable<Check['settings']>;
  /** What cannot be judged without these, in place of what the earlier lab says. */
  needs: readonly string[];
}

/** Checks of an earlier lab, with other points and on other servers; what they judge and say is theirs. */
export function take(checks: readonly Check[], { points, needs, group, settings }: Taken): Check[] {
  return Object.entries(points).map(([id, worth]) => {
    const check = checks.find((each) => each.id === id);
    if (check === undefined) throw new Error(`there is no earlier check ${id}`);
    const { title, origin, run } = check;
    const others = needs.filter((each) => each !== id);
    return {
      id,
      title,
      points: worth,
      needs: others,
      ...(group !== undefined && { group }),
      ...(settings && { settings }),
      ...(origin && { origin }),
      run: (probe) => run.call(check, probe),
    };
  });
}
