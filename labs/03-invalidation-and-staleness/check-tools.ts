import type {
  Answer,
  Check,
  FailureContext,
  HeldCalls,
  Probe,
  ProbeRequest,
} from 'course-labs/kit';
import { askCounted, demand, demandJson } from 'course-labs/kit';
import { detail, pageWith, put, search, stats, type View } from './views.ts';

/** A check, with the words of its failures. */
export interface Requirement
  extends Pick<Check, 'id' | 'title' | 'points' | 'group' | 'settings' | 'needs'> {
  asked: string;
  rationale: string;
  help: string;
  judge(probe: Probe, context: FailureContext): Promise<void>;
}

/** Of a server that does not cache nothing else can be judged. */
export const first = 'repeats-make-no-origin-call';

/**
 * Checks that look at subjects, names and pages of their own share a server: rows are wound back after each check, and
 * what the server still holds must concern no other.
 */
export const shared = { group: 'own-names' } as const;

/** Of a server that does not invalidate at all, races need no judging. */
export const seen = 'write-is-seen-at-once';

/** What tells of one subject. */
export const ownViews = (name: string) => [
  detail(name),
  detail(name, 'de'),
  stats(name),
  search(name),
];

export function check({ asked, rationale, help, judge, ...rest }: Requirement): Check {
  const needs = rest.id === first ? {} : { needs: [first, ...(rest.needs ?? [])] };
  return { ...rest, ...needs, run: (probe) => judge(probe, { asked, rationale, help }) };
}

/** Not one of the names that every JavaScript object knows: those are a matter of lab 2. */
export function freshName(probe: Probe): string {
  const [{ name }] = probe.freshSubjects(1) as [{ name: string }];
  return name in {} ? freshName(probe) : name;
}

/** A subject that does not stand on the first page of the list, where everybody looks, and whose name fits. */
export async function nameBehindPageOne(
  probe: Probe,
  fits: (name: string) => boolean = () => true,
) {
  for (;;) {
    const name = freshName(probe);
    if (!fits(name)) continue;
    const { number, view } = await pageWith(probe.origin, name);
    if (number > 1) return { name, listed: view };
  }
}

/** A name that no subject has. */
export const newName = ({ random }: Probe) => `Räume & Zeiten ${random.text(8)}`;

/** A professor whom no subject has. */
export const newProfessor = ({ random }: Probe) => `Prof. ${random.text(8)}`;

/** The same name in other letters; `1984` and `日本語` have none, and stay as they are. */
export function respelled(name: string): string {
  const spellings = [name.toUpperCase(), name.toLowerCase()];
  const isOther = (each: string) => each !== name && each.toLowerCase() === name.toLowerCase();
  return spellings.find(isOther) ?? name;
}

/** It can be written in other letters. */
export const hasSpellings = (name: string) => respelled(name) !== name;

/** What a failure says about one view. */
const about = (context: FailureContext, { request }: View): FailureContext => ({
  ...context,
  request,
});

/** Each view says what the registrar itself says now; one of what is not there is a 404. */
export async function demandTruth(
  probe: Probe,
  views: readonly View[],
  context: FailureContext,
): Promise<void> {
  for (const view of views) {
    const truth = await probe.origin.ask(view.originPath);
    const { status, json } = await probe.server.request(view.request);
    demand(`status of ${view.label}`, truth.status, status, about(context, view));
    if (status === 200) demandJson(view.label, truth.json, json, about(context, view));
  }
}

/** Asks for what is to be in the cache when the check begins. */
export function fill(probe: Probe, views: readonly View[]): Promise<void> {
  return demandTruth(probe, views, {
    asked: views.map(({ label }) => label).join(', '),
    rationale: 'Nothing was written yet: this is what the origin says, and all that a cache adds.',
    help: 'Another resource is answered, or something is lost on the way.',
  });
}

/** Each view is answered from the cache, and says what the registrar itself says now. */
export async function demandHits(
  probe: Probe,
  views: readonly View[],
  context: FailureContext,
): Promise<void> {
  for (const view of views) {
    const truth = await probe.origin.ask(view.originPath);
    const { answer, calls } = await askCounted(
      probe.origin,
      probe.server,
      view.request,
      view.calls,
    );
    demandJson(view.label, truth.json, answer.json, about(context, view));
    demand(`calls to the origin for ${view.label}`, 0, calls, about(context, view));
  }
}

/** Writes, which must be answered with this status. */
export async function write(
  probe: Probe,
  request: ProbeRequest,
  status: number,
  context: FailureContext,
): Promise<void> {
  demandStatus(await probe.server.request(request), status, context);
}

export function demandStatus(
  { request, status: actual }: Answer,
  status: number,
  context: FailureContext,
): void {
  const { method, path } = request;
  const help = 'The route of the write, or the hook in front of it, was changed.';
  demand(`status of ${method} ${path}`, status, actual, { ...context, help, request });
}

/** A PUT that succeeds. */
export async function change(
  probe: Probe,
  name: string,
  body: object,
  context: FailureContext,
): Promise<void> {
  await write(probe, put(probe, name, body), 200, context);
}

/** A request that is under way. */
export interface UnderWay {
  ended(): boolean;
  answer: Promise<Answer>;
}

export function send({ server }: Probe, request: ProbeRequest): UnderWay {
  let ended = false;
  const answer = server.request(request);
  const end = () => {
    ended = true;
  };
  answer.then(end, end);
  return { ended: () => ended, answer };
}

/** Resolves when the request has made a call to the origin, or is answered without one. */
export async function reachesOrigin(
  { origin, poll, clock }: Probe,
  { ended }: UnderWay,
  calls: View['calls'],
  before = 0,
): Promise<void> {
  const reached = async () => ended() || (await origin.count(calls)) > before;
  await poll(reached, clock.nowMs() + 10_000);
}

/** Lets held reads go when the write was answered, or after a time: a write may wait for the reads before it. */
export async function letGo(
  { poll, clock }: Probe,
  held: HeldCalls,
  writing: UnderWay,
  withinMs = 1_000,
): Promise<void> {
  await poll(writing.ended, clock.nowMs() + withinMs);
  await held.release();
}
