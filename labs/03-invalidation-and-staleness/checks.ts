import type { ProbeRequest } from 'course-labs/kit';
import { defineChecks, demand } from 'course-labs/kit';
import {
  change,
  check,
  demandHits,
  demandTruth,
  fill,
  first,
  freshName,
  hasSpellings,
  nameBehindPageOne,
  newName,
  newProfessor,
  ownViews,
  respelled,
  seen,
  shared,
  write,
} from './check-tools.ts';
import { judgeExpiry } from './expiry.ts';
import { raceChecks } from './race-checks.ts';
import { detail, page, pageWith, post, put, search, stats } from './views.ts';

export default defineChecks({
  C1: [
    check({
      id: first,
      title: 'a second request for any view makes no call to the origin',
      points: 5,
      ...shared,
      asked: 'each view of one subject, and then the same again',
      rationale: 'Without a cache nothing is ever stale, and nothing is ever fast.',
      help: 'Some views are no longer kept, or under a key that changes each time.',
      judge: async (probe, context) => {
        const name = freshName(probe);
        const views = [...ownViews(name), (await pageWith(probe.origin, name)).view];
        await fill(probe, views);
        await demandHits(probe, views, context);
      },
    }),
    check({
      id: seen,
      title: 'after a PUT the next detail, statistics, list and search are new',
      points: 10,
      ...shared,
      asked: 'all views of a subject; then a PUT changed it, and all views again',
      rationale:
        'The PUT was answered, so whoever made it looks, and sees the old value: they write again, or call you.',
      help: 'Some entries that tell of the subject were left where they were, or refilled with something else.',
      judge: async (probe, context) => {
        // With a name of one spelling alone, whoever forgets the entries of the spelling that was sent would pass.
        const { name, listed } = await nameBehindPageOne(probe, hasSpellings);
        const views = [...ownViews(name), listed];
        await fill(probe, views);
        const texts = { description_en: 'Now with maps.', description_de: 'Jetzt mit Karten.' };
        await change(probe, respelled(name), { professor: newProfessor(probe), ...texts }, context);
        await demandTruth(probe, views, context);
        await change(probe, name, { professor: newProfessor(probe) }, context);
        await demandTruth(probe, views, { ...context, asked: `${context.asked}, twice` });
      },
    }),
    check({
      id: 'others-stay-cached',
      title: 'details and statistics of other subjects stay cached',
      points: 6,
      asked:
        'three subjects; then a PUT changed a fourth, a POST made a fifth, and the three again',
      rationale:
        'If one write empties the cache, the origin meets everybody at once, many times a day.',
      help: 'More is deleted than the write has made old. A name that only begins alike is another name.',
      judge: async (probe, context) => {
        const pairs = [
          ['Java', 'JavaScript'],
          ['Art', 'Art History'],
        ] as const;
        const [changed, longer] = probe.random.pick(pairs);
        const others = probe.school.subjects
          .map(({ name }) => name)
          .filter((name) => name !== changed && name !== longer && !(name in {}));
        const names = [longer, ...probe.random.shuffle(others).slice(0, 2)];
        const views = names.flatMap((name) => [detail(name), detail(name, 'de'), stats(name)]);
        await fill(probe, [detail(changed), ...views]);
        await change(probe, changed, { professor: newProfessor(probe) }, context);
        await demandHits(probe, views, context);
        await write(probe, post(probe, { name: newName(probe) }), 201, context);
        await demandHits(probe, views, context);
      },
    }),
    check({
      id: 'refused-write-changes-nothing',
      title: 'a write that is refused leaves the cache as it is',
      points: 5,
      ...shared,
      asked: 'one subject; then PUTs that were refused, and the subject again',
      rationale:
        'Anyone on the internet can send a PUT: without a token it must not cost you your cache.',
      help: 'The cache is touched before the origin, or the hook, has said yes.',
      judge: async (probe, context) => {
        const [name, taken] = [freshName(probe), freshName(probe)];
        const views = [detail(name), detail(name, 'de'), stats(name)];
        await fill(probe, views);
        const { token, ...request } = put(probe, name, { professor: newProfessor(probe) });
        const [student] = probe.school.alice.tokens;
        const body = { name: taken, professor: newProfessor(probe) };
        const refusals: [string, ProbeRequest, number][] = [
          ['without a token', request, 401],
          ['with a token that nobody has', { ...request, token: probe.random.text(40) }, 401],
          ["with a student's token", { ...request, token: student }, 403],
          ['with the name of another subject', put(probe, name, body), 409],
          ['with 0 credits', put(probe, name, { credits: 0 }), 400],
        ];
        for (const [how, refused, status] of refusals) {
          const words = { ...context, asked: `${name}; then a PUT ${how}, and ${name} again` };
          await write(probe, refused, status, words);
          await demandHits(probe, views, words);
        }
      },
    }),
    check({
      id: 'failed-write-leaves-nothing-new',
      title: 'a write that fails is answered with a 5xx, and nothing of it is kept',
      points: 4,
      ...shared,
      asked: 'one subject; then a PUT that the origin answered with 503, and the subject again',
      rationale: 'The cache now tells of a change that never was, and no one will ever repair it.',
      help: 'What the client has sent is only a wish. What is true, the origin says.',
      judge: async (probe, context) => {
        const name = freshName(probe);
        const views = ownViews(name);
        await fill(probe, views);
        await probe.origin.fail({ route: 'subject-update', key: name, status: 503 });
        const request = put(probe, name, { professor: newProfessor(probe) });
        const { status } = await probe.server.request(request);
        const told = status >= 500 && status <= 599 ? '5xx' : status;
        demand('status of the PUT', '5xx', told, { ...context, request });
        await probe.origin.clearRules();
        await demandTruth(probe, views, context);
      },
    }),
    ...raceChecks,
    check({
      id: 'rename-reaches-both-names',
      title: 'after a rename the old name is gone, and the new one is there',
      points: 5,
      ...shared,
      asked: 'the old and the new name; then a PUT renamed the subject, and both names again',
      rationale: 'Links to the old name work for some people and fail for others, for a whole TTL.',
      help: 'A rename makes two names old: the one in the path, and the one that it has now.',
      judge: async (probe, context) => {
        const [name, next] = [freshName(probe), newName(probe)];
        const views = [...ownViews(name), ...ownViews(next)];
        await fill(probe, views);
        await change(probe, name, { name: next }, context);
        await demandTruth(probe, views, context);
        await change(probe, next, { professor: newProfessor(probe) }, context);
        await demandTruth(probe, views, {
          ...context,
          asked: `${context.asked}; then a PUT to it`,
        });
      },
    }),
    check({
      id: 'renames-back-and-forth',
      title: 'a subject can be renamed and get its old name back',
      points: 3,
      ...shared,
      needs: ['rename-reaches-both-names'],
      asked: 'a subject that was renamed, and renamed back, twice, with a new professor each time',
      rationale:
        'People correct a name, and correct it back. What was said under it before is long over.',
      help: 'Something is remembered about a name that is used again, or forgotten too early.',
      judge: async (probe, context) => {
        const [name, next] = [freshName(probe), newName(probe)];
        const views = [...ownViews(name), ...ownViews(next)];
        await fill(probe, views);
        for (const [from, to] of [
          [name, next],
          [next, name],
          [name, next],
          [next, name],
        ] as const) {
          await change(probe, from, { name: to, professor: newProfessor(probe) }, context);
          await demandTruth(probe, views, context);
        }
      },
    }),
    check({
      id: 'created-subject-shows-up',
      title: 'a subject that was created shows up in lists and searches',
      points: 4,
      ...shared,
      asked: 'the list, and a search for a new name; then a POST created it, and both again',
      rationale: 'Whoever has made something and cannot find it makes it again.',
      help: 'There was no entry of the new subject to delete; there were lists without it.',
      judge: async (probe, context) => {
        const name = newName(probe);
        const { count, results } = (await probe.origin.ask(page(1).originPath)).json as {
          count: number;
          results: unknown[];
        };
        // In German: the English pages are those of another check.
        const pages = [1, Math.ceil(count / results.length)].map((each) => page(each, 'de'));
        const views = [...ownViews(name), search(name, 'de'), ...pages];
        await fill(probe, views);
        await write(probe, post(probe, { name, professor: newProfessor(probe) }), 201, context);
        await demandTruth(probe, views, context);
      },
    }),
    check({
      id: 'entries-still-expire',
      title: 'what changed without a write through the server is new after CACHE_TTL_S',
      points: 3,
      settings: { cacheTtlSeconds: 1 },
      asked: 'statistics that changed at the origin alone, and again after CACHE_TTL_S=1',
      rationale:
        'A script, a migration, another server: not each change comes through your PUT. The TTL is what ends the lie then.',
      help: 'The entry outlives its TTL, or ends before it. Mind its unit.',
      judge: judgeExpiry,
    }),
  ],
});
