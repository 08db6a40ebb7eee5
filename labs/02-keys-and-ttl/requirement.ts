import type { Check, Probe } from 'course-labs/kit';
import { type Asked, freshPlainSubject, listAs, query, subject, type Words } from './asking.ts';

interface Requirement
  extends Pick<Check, 'id' | 'title' | 'points' | 'group' | 'needs' | 'settings'>,
    Words {
  judge(probe: Probe, words: Words): Promise<void>;
}

/** Of a server that does not cache nothing else can be judged. */
export const first = 'repeat-costs-nothing';
/** A key that takes in whatever was sent mixes up nothing: that is judged of one that looks at the parameters. */
export const looksInside = [first, 'parameter-order-shares'];
export const shortTtl = { group: 'expiry', settings: { cacheTtlSeconds: 1 } } as const;

export function check({ rationale, help, judge, ...rest }: Requirement): Check {
  return {
    group: 'keys',
    ...(rest.id === first ? {} : { needs: [first] }),
    ...rest,
    run: (probe) => judge(probe, { rationale, ...(help !== undefined && { help }) }),
  };
}

/** A search that finds nothing, and that no other check asks for. */
export const freshSearch = (probe: Probe, start = 'x') => `${start}${probe.random.text(7)}`;

/** Both routes: a list that nobody asked for, and a subject. */
export function oneOfEach(probe: Probe, headers: Readonly<Record<string, string>>[]): Asked[][] {
  const search = freshSearch(probe);
  const { name } = freshPlainSubject(probe);
  return [
    headers.map((each) => listAs({ search }, query(['search', search]), each)),
    headers.map((each) => subject(name, undefined, { headers: each })),
  ];
}
