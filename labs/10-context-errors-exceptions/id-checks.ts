/*
 * The request's id: from whom it comes, and where it goes.
 */
import type { Answer, OriginCall, Probe } from 'course-labs/kit';
import { demand } from 'course-labs/kit';
import { acts } from './acts.ts';
import { freshStudent, gradesOf, logged, recordsOf, type Traced, trace } from './asking.ts';
import { at, check, demandStatus, type Words } from './requirement.ts';

export const idChecks = [
  check({
    id: 'request-id-travels',
    needs: [],
    title: 'the id of a request is in its answer, at the origin and in the log',
    points: 6,
    asked: 'a login, grades and a change of a subject, each with an X-Request-Id of its own',
    rationale:
      'The id is what ties together what three programs wrote about one request. Where it is lost, the story ends.',
    judge: async (probe, words) => {
      const [login, read, , update] = acts(probe);
      for (const act of [login, read, update]) {
        if (!act) continue;
        const before = (await callsOf(probe)).length;
        const traced = await trace(probe, act.request);
        const calls = (await callsOf(probe)).slice(before);
        demandStatus(act.status, traced, words);
        await demandTravels(probe, traced, calls, words);
      }
    },
  }),
  check({
    id: 'request-ids-are-unique',
    title: 'requests without an id get one that no other has, of this or another process',
    points: 3,
    asked: 'six requests at once, without an X-Request-Id, of each of two processes',
    rationale:
      'Where logs are collected, those of all processes and all restarts stand together. Two requests with one id are one story that never happened.',
    help: 'A count begins again with each process. Randomness does not.',
    judge: async (probe, words) => {
      const request = gradesOf(freshStudent(probe));
      const other = await probe.launch({ instance: 'b' });
      const servers = [probe.server, other].flatMap((server) => Array(6).fill(server));
      const ids = await Promise.all(
        servers.map(async (server) => ({ server, id: idOf(await server.request(request)) })),
      );
      const context = { ...words, request };
      const given = ids.filter(({ id }) => id !== undefined);
      demand('answers with an id', ids.length, given.length, context);
      demand('different ids', ids.length, new Set(given.map(({ id }) => id)).size, context);
      for (const { server, id = '' } of given) {
        const stands = await logged(probe, () => recordsOf(server, id).length > 0);
        demand('the id of the answer stands in the log', true, stands, context);
      }
    },
  }),
  check({
    id: 'client-id-if-well-formed',
    title: "a client's id is taken if it is well-formed, and replaced if not",
    points: 4,
    asked: 'grades, with ids that match ^[A-Za-z0-9_-]{8,64}$ and with ids that do not',
    rationale:
      'What a client sends stands in your log and in that of the origin. Whatever it likes, as long as it likes, is a way to fill it, to break it, and to pass for somebody else.',
    judge: async (probe, words) => {
      const { random } = probe;
      const ask = asker(probe);
      for (const id of [random.text(8), `${random.text(31)}_${random.text(31)}-`]) {
        const answer = await ask(id);
        const context = { ...words, request: answer.request };
        demand(`the answer's id, where ${id} was sent`, id, idOf(answer) ?? 'none', context);
      }
      for (const id of malformed(probe)) {
        const [one, another] = [await ask(id), await ask(id)];
        const context = { ...words, request: one.request };
        const ids = [idOf(one) ?? 'none', idOf(another) ?? 'none'];
        demand(`${id} was taken`, false, ids.includes(id), context);
        const help =
          'What is cut, cleaned or hashed is still chosen by the client: two requests share it.';
        demand(`two requests with ${id} share an id`, false, ids[0] === ids[1], {
          ...context,
          help,
        });
        const lookUps = await probe.origin.tokenCalls();
        const isSent = lookUps.some(({ requestId }) => requestId === id);
        demand(`${id} reached the origin`, false, isSent, context);
        const stands = recordsOf(probe.server, id).length > 0;
        demand(`${id} stands in the log as reqId`, false, stands, context);
      }
    },
  }),
];

function malformed({ random }: Probe): string[] {
  const good = random.text(12);
  return [
    random.text(7),
    `${random.text(65)}`,
    `${good} ${good}`,
    `../../${good}`,
    `${good}","level":60`,
    `${good}.${good}`,
  ];
}

/** Asks for the same grades, each time with another id. */
function asker(probe: Probe): (id: string) => Promise<Answer> {
  const { path, token } = gradesOf(freshStudent(probe));
  return (id) =>
    probe.server.get(path, {
      headers: { 'x-request-id': id },
      ...(token !== undefined && { token }),
    });
}

function idOf({ headers }: Answer): string | undefined {
  const [id] = [headers['x-request-id']].flat();
  return id === '' ? undefined : id;
}

/** All calls since the check began, those about tokens too. */
async function callsOf({ origin }: Probe): Promise<OriginCall[]> {
  const logins = await origin.calls({ route: 'token-create' });
  const all = [...(await origin.calls()), ...(await origin.tokenCalls()), ...logins];
  return all.toSorted((one, another) => one.sequence - another.sequence);
}

async function demandTravels(
  probe: Probe,
  traced: Traced,
  calls: readonly OriginCall[],
  words: Words,
): Promise<void> {
  const { id, answer } = traced;
  const context = at(words, traced);
  demand('X-Request-Id of the answer', id, idOf(answer) ?? 'none', {
    ...context,
    help: 'The user who phones can only read out what the answer told.',
  });
  for (const { requestId, method, path } of calls) {
    demand(`X-Request-Id of ${method} ${path} at the origin`, id, requestId ?? 'none', {
      ...context,
      help: 'The origin logs the id that it is sent, and no other.',
    });
  }
  const stands = await logged(probe, () => recordsOf(probe.server, id).length > 0);
  demand('records with this reqId', 'at least 1', stands ? 'at least 1' : 0, {
    ...context,
    help: "The application's logger knows nothing of the request; the request has one of its own.",
  });
}
