/*
 * What this lab shows happening: two users by hand, four callers at the door, and many at once.
 */
import type {
  Answer,
  ExperimentResult,
  FirstLeak,
  LoadRequest,
  Probe,
  School,
  StormUser,
  User,
} from 'course-labs/kit';
import { apiPath, curlLine, leakTable, loggedFields, sideBySide } from 'course-labs/kit';

/** What the two requests by hand leave for texts and questions. */
export interface ByHand {
  /** Whose data bob got: a student's number. */
  owner: number;
  /** Calls for data, for both requests. */
  calls: number;
}

/** What the callers at the door leave; each a status. */
export interface AtTheDoor {
  alice: number;
  nobody: number;
  unknown: number;
  ended: number;
}

/** What a storm leaves. */
export interface StormData {
  answered: number;
  leaked: number;
  users: Readonly<Record<string, StormUser>>;
  first: FirstLeak | undefined;
}

const gradesPath = (page: number) => `${apiPath('me', 'grades')}?page=${page}`;
const stormSize = { total: 2_000, connections: 20 };

/**
 * Alice and bob in turn. The first two requests are for the same address, bob is the first to ask for page 2, so that
 * either of them may become a victim, and page 1 is asked for twice as often: the two figures are not the same then.
 */
export function inTurn({ alice, bob }: School): (LoadRequest & { who: string })[] {
  const order = [
    [alice, 0, 1],
    [bob, 0, 1],
    [alice, 1, 1],
    [bob, 0, 2],
    [alice, 0, 2],
    [bob, 1, 1],
  ] as const;
  return order.map(([user, session, page]) => ({
    who: user.username,
    path: gradesPath(page),
    headers: { authorization: `Token ${user.tokens[session]}` },
  }));
}

function marksOf({ alice, bob }: School): Record<string, readonly string[]> {
  return Object.fromEntries([alice, bob].map((u) => [u.username, Object.values(u.canaries)]));
}

/** How to see it in a terminal: the server, and then the same request by two users. */
function commandsFor(serve: string, path: string, users: readonly User[]): string[] {
  // Where `serve 7` listens unless it is told otherwise.
  const url = 'http://127.0.0.1:4107';
  const curl = ({ tokens: [token] }: User) => curlLine({ path, token }, url);
  return [serve, ...users.map(curl)];
}

const ownerOf = ({ json }: Answer) => (json as { owner?: number } | undefined)?.owner;

/** Alice asks for a page of her grades, and then bob for the same page of his. */
export async function byHand(probe: Probe): Promise<ExperimentResult> {
  const { server, origin, school } = probe;
  const { alice, bob } = school;
  const path = gradesPath(1);
  const ofAlice = await server.get(path, { token: alice.tokens[0] });
  const ofBob = await server.get(path, { token: bob.tokens[0] });
  const calls = await origin.count();
  const keptAs = `GET ${path}`;
  await loggedFields(probe, server, { keptAs });
  const data: ByHand = { owner: ownerOf(ofBob) ?? 0, calls };
  const exhibit = sideBySide(
    { heading: 'alice asked first', user: alice, answer: ofAlice },
    { heading: 'bob asked the same address', user: bob, answer: ofBob },
    {
      marks: marksOf(school),
      fields: ['owner', 'page', 'results.0.subject', 'results.0.grade', 'results.0.note'],
      notes: [
        `Calls for data that reached the origin: ${calls}. The key that was logged: "${keptAs}".`,
      ],
      commands: commandsFor('course-labs serve 7', path, [alice, bob]),
    },
  );
  return { data: { ...data }, exhibit };
}

/** What alice has read is asked for by others: without a token, with a wrong one, and with one that has ended. */
export async function atTheDoor({ server, origin, school }: Probe): Promise<ExperimentResult> {
  const { alice } = school;
  const path = gradesPath(2);
  const [token, other] = alice.tokens;
  const statuses: number[] = [];
  const rows: string[][] = [];
  const ask = async (who: string, given?: string, logout = false) => {
    const before = (await origin.tokenCalls()).length;
    const request = { path, ...(given !== undefined && { token: given }) };
    const answer = await server.request(
      logout ? { ...request, method: 'POST', path: apiPath('users', 'logout') } : request,
    );
    const lookedUp = (await origin.tokenCalls()).length > before;
    const owner = ownerOf(answer);
    statuses.push(answer.status);
    const got = logout ? '' : owner === undefined ? 'nothing' : `grades of student ${owner}`;
    rows.push([who, `${answer.status}`, got, lookedUp ? 'yes' : 'no']);
  };
  await ask('alice', token);
  await ask('nobody: no token', undefined);
  await ask('somebody: a token that does not exist', 'k'.repeat(40));
  await ask('alice logs out, with her second token', other, true);
  await ask('whoever has that second token now', other);
  const [first = 0, nobody = 0, unknown = 0, , ended = 0] = statuses;
  const data: AtTheDoor = { alice: first, nobody, unknown, ended };
  const columns = ['who asks', 'status', 'and gets', 'was the token looked up?'];
  return { data: { ...data }, exhibit: { kind: 'table', title: `GET ${path}`, columns, rows } };
}

/** Alice and bob at once, many times. `serve` is the command that starts the server of the storm by hand. */
export function stormOn(serve: string): (probe: Probe) => Promise<ExperimentResult> {
  return async (probe) => {
    const { server, school } = probe;
    const { alice, bob } = school;
    const requests = inTurn(school);
    const result = await probe.storm(server, { requests, marks: marksOf(school), ...stormSize });
    const { answered, leaked, users, first } = result;
    const data: StormData = { answered, leaked, users, first };
    // The victim first: what they leave behind is what the other one gets.
    const order = first?.victim === bob.username ? [bob, alice] : [alice, bob];
    const commands = first ? commandsFor(serve, first.request.path, order) : [];
    return { data: { ...data }, exhibit: leakTable(result, { ...stormSize, commands }) };
  };
}
