import type { Cell, Exhibit } from './exhibit.ts';
import type { Storm, StormResult, StormUser } from './storm.ts';

/** What a leak table says beside the result. A storm itself will do. */
export interface LeakTableOptions extends Partial<Pick<Storm, 'connections' | 'total'>> {
  /** What to type to see the leak by hand: how to get the server, then a `curl` line for each of two users. */
  commands?: readonly string[];
}

/** A storm's result: of each user's answers, how many held their own marks and how many somebody else's. */
export function leakTable(result: StormResult, options: LeakTableOptions = {}): Exhibit {
  const { users, answered, leaked } = result;
  const rows = Object.entries(users).map(([who, user]): Cell[] => [
    who,
    { value: user.answered },
    { value: user.own },
    { value: user.others },
    whose(user),
  ]);
  return {
    kind: 'table',
    title: titleOf(result, options),
    columns: ['asked by', 'answers', 'own', "someone else's", ''],
    rows: [...rows, ['leaked', '', '', { value: leaked }, `of ${grouped(answered)}`]],
    notes: notesOf(result, options),
    ...(options.commands && { commands: options.commands }),
  };
}

/** `2,000 requests, alice and bob interleaved, 20 at a time` */
function titleOf({ users }: StormResult, { connections }: LeakTableOptions): string {
  const names = Object.keys(users);
  return [
    counted(askedOf(users), 'request'),
    names.length > 1 ? `${listed(names)} interleaved` : `all by ${names[0] ?? 'nobody'}`,
    ...(connections === undefined ? [] : [`${connections} at a time`]),
  ].join(', ');
}

function notesOf(result: StormResult, { total }: LeakTableOptions): string[] {
  const { answered, failed, first, statuses, users } = result;
  const asked = askedOf(users);
  const marked = Object.values(users).reduce((sum, { own, others }) => sum + own + others, 0);
  const place = first && (first.where === 'body' ? 'the body' : `the header ${first.where}`);
  const byStatus = Object.entries(statuses).map(
    ([status, count]) => `${grouped(count)} × ${status}`,
  );
  return [
    first
      ? `The first leak: answer ${grouped(first.sequence)}, for ${first.who}. In ${place} stands ${first.victim}'s mark ${first.mark}.`
      : "No answer held anybody else's mark.",
    ...(marked < answered ? [`${counted(answered - marked, 'answer')} held nobody's mark.`] : []),
    ...(byStatus.length > 0 && statuses['200'] !== answered
      ? [`Answers by status: ${byStatus.join(', ')}.`]
      : []),
    ...(failed > 0 ? [`${counted(failed, 'request')} got no answer.`] : []),
    ...(total !== undefined && asked < total
      ? [`The storm was given up after ${grouped(asked)} of ${counted(total, 'request')}.`]
      : []),
  ];
}

/** `all alice's`, or by victim where there are several: `300 alice's, 188 carol's`. */
function whose({ others, victims }: StormUser): string {
  const all = Object.entries(victims);
  const [only] = all;
  if (only === undefined) return '';
  if (all.length === 1 && only[1] === others) return `all ${only[0]}'s`;
  return all.map(([victim, count]) => `${grouped(count)} ${victim}'s`).join(', ');
}

function askedOf(users: StormResult['users']): number {
  return Object.values(users).reduce((sum, { asked }) => sum + asked, 0);
}

function counted(count: number, what: string): string {
  return `${grouped(count)} ${what}${count === 1 ? '' : 's'}`;
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
