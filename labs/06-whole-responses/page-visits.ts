import type { Answer, FailureContext, Probe, ScriptedPage } from 'course-labs/kit';
import { askCounted, demand } from 'course-labs/kit';
import type { Case, Visitor } from './cases.ts';

/** What a check says beside the values, apart from what was asked. */
export type Words = Pick<FailureContext, 'rationale' | 'help'>;

/** A page that nobody has asked for before. */
export interface FreshPage {
  id: string;
  path: string;
}

export interface Visit {
  answer: Answer;
  /** Calls for this page that reached the origin meanwhile. */
  calls: number;
}

export function freshPage(probe: Probe): FreshPage {
  const id = `p-${probe.random.text(10)}`;
  return { id, path: `/pages/${id}/` };
}

/** A body that no other page has. */
export const newBody = (probe: Probe, about: string) => `${about}: Grüße ${probe.random.text(8)}`;

/** Makes the page say this from now on; what is not given is a plain page of 200 without a word about caching. */
export async function publish(
  probe: Probe,
  { id }: FreshPage,
  said: Partial<ScriptedPage>,
): Promise<ScriptedPage> {
  const headers = { 'content-type': 'text/html; charset=utf-8', ...said.headers };
  const page = { status: 200, body: '', ...said, headers };
  await probe.origin.script(id, page);
  return page;
}

export async function visit(
  probe: Probe,
  { id, path }: FreshPage,
  visitor: Visitor = {},
): Promise<Visit> {
  const filter = { route: 'page', key: id } as const;
  return askCounted(probe.origin, probe.server, { ...visitor, path }, filter);
}

/** The answer is the page: its status and, but for HEAD, its body. */
export function demandPage(
  which: string,
  page: ScriptedPage,
  { status, text, request }: Answer,
  context: FailureContext,
): void {
  demand(`${which} status`, page.status, status, { ...context, request });
  if (request.method === 'HEAD') return;
  demand(`${which} body`, page.body, text, { ...context, request });
}

export function demandFromStore(which: string, { answer, calls }: Visit, words: FailureContext) {
  const context = { ...words, request: answer.request };
  demand(`calls to the origin for the ${which} request`, 0, calls, context);
}

/** The second visitor must be answered by the origin, with what it says by then. */
export async function demandOrigin(probe: Probe, words: Words, of: Case): Promise<void> {
  const page = freshPage(probe);
  const { what, second, found = {}, changed } = of;
  const context = { ...words, asked: what };
  await firstVisit(probe, page, of, context);
  const headers = changed ?? (typeof found === 'string' ? {} : (found.headers ?? {}));
  const said = await publish(probe, page, { headers, body: newBody(probe, 'new') });
  const two = await visit(probe, page, second);
  const from = two.calls > 0 ? 'the origin' : 'what was stored for the first';
  const shown = { ...context, request: two.answer.request };
  demand('second answer from', 'the origin', from, shown);
  demandPage('second', said, two.answer, shown);
  const cookie = changed?.['set-cookie'];
  if (cookie === undefined) return;
  const got = [two.answer.headers['set-cookie'] ?? 'none'].flat();
  const isThere = got.some((each) => each.split(';')[0] === cookie);
  demand('second Set-Cookie', cookie, isThere ? cookie : got.join(', '), shown);
}

async function firstVisit(
  probe: Probe,
  page: FreshPage,
  { found = {}, first }: Case,
  context: FailureContext,
): Promise<void> {
  if (found === 'failure') {
    await probe.origin.fail({ route: 'page', key: page.id, status: 503, times: 1 });
    // Who asks the origin once more is told 404: that is no page to be kept either.
    await visit(probe, page, first);
    return;
  }
  if (found === 'nothing') {
    const { answer } = await visit(probe, page, first);
    return demand('first status', 404, answer.status, { ...context, request: answer.request });
  }
  const said = await publish(probe, page, { body: newBody(probe, 'old'), ...found });
  const { answer } = await visit(probe, page, first);
  demandPage('first', said, answer, context);
}
