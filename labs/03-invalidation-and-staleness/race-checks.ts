import type { Check, Probe, ProbeRequest } from 'course-labs/kit';
import {
  check,
  demandStatus,
  demandTruth,
  freshName,
  letGo,
  newName,
  newProfessor,
  reachesOrigin,
  seen,
  send,
  shared,
} from './check-tools.ts';
import { detail, post, put, search, stats, type View } from './views.ts';

/** A reader, and the write that overtakes it. */
interface Overtaking {
  asked: string;
  view: View;
  write: ProbeRequest;
  status: number;
}

function overtakings(probe: Probe): readonly Overtaking[] {
  const news = () => ({ professor: newProfessor(probe) });
  const changed = (viewOf: (name: string) => View): Overtaking => {
    const name = freshName(probe);
    const view = viewOf(name);
    const asked = `${view.label}; while the origin was slow to answer, a PUT changed ${name}`;
    return { asked, view, write: put(probe, name, news()), status: 200 };
  };
  const [renamed, another, created] = [freshName(probe), newName(probe), newName(probe)];
  return [
    changed(detail),
    changed(stats),
    changed(search),
    {
      asked: `the detail of ${renamed}; while the origin was slow to answer, it was renamed`,
      view: detail(renamed),
      write: put(probe, renamed, { name: another, ...news() }),
      status: 200,
    },
    {
      asked: `a search for ${created}; while the origin was slow to answer, it was created`,
      view: search(created),
      write: post(probe, { name: created }),
      status: 201,
    },
  ];
}

/** Reads and writes that meet: both are made to, whatever the machine does. */
export const raceChecks: readonly Check[] = [
  check({
    id: 'slow-reader-is-too-late',
    title: 'a slow read that began before a write leaves nothing old behind',
    points: 9,
    ...shared,
    needs: [seen],
    asked: 'a slow read, overtaken by a write; when both were answered, the same once more',
    rationale:
      'It takes one slow query at the wrong moment, and the old value is back for a whole TTL, after the delete that was to end it.',
    help: 'An answer is kept though something was written since it was asked for.',
    judge: async (probe, context) => {
      for (const { asked, view, write: request, status } of overtakings(probe)) {
        const words = { ...context, asked: `${asked}. When both were answered, the same again` };
        const before = await probe.origin.count(view.calls);
        const held = await probe.origin.hold(view.calls);
        const reading = send(probe, view.request);
        await reachesOrigin(probe, reading, view.calls, before);
        const writing = send(probe, request);
        await letGo(probe, held, writing);
        await reading.answer;
        demandStatus(await writing.answer, status, words);
        await demandTruth(probe, [view, view], words);
      }
    },
  }),
  check({
    id: 'read-during-write-leaves-nothing-old',
    title: 'what is read while a write is under way leaves nothing old behind',
    points: 6,
    ...shared,
    needs: [seen],
    asked: 'a slow PUT, and all views of the subject before it was done; then all views again',
    rationale: 'Until the origin has done the write, it tells the old value, and readers keep it.',
    help: 'Something is done before the write that is only of use after it.',
    judge: async (probe, context) => {
      // A reader who came too late shows nothing, and then a slower write is tried; answers may let readers wait.
      for (const delayMs of [250, 750]) {
        const name = freshName(probe);
        const update = { route: 'subject-update', key: name } as const;
        await probe.origin.delay(update, delayMs);
        const held = await probe.origin.hold(detail(name).calls);
        const writing = send(probe, put(probe, name, { professor: newProfessor(probe) }));
        await reachesOrigin(probe, writing, update);
        const views = [detail(name), stats(name), search(name)];
        const reading = views.map(({ request }) => send(probe, request).answer);
        await letGo(probe, held, writing, delayMs + 1_000);
        await Promise.all(reading);
        demandStatus(await writing.answer, 200, context);
        const calls = await probe.origin.calls({ key: name });
        const done = calls.find(({ route }) => route === 'subject-update')?.answeredAtMs ?? 0;
        await demandTruth(probe, views, context);
        if (calls.every(({ arrivedAtMs }) => arrivedAtMs < done)) return;
        await probe.origin.clearRules();
      }
    },
  }),
];
