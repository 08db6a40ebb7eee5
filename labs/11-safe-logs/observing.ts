/*
 * What the checks of this lab observe with: requests that have something to hide, and what the log then holds. Nothing
 * here depends on what else a server serves.
 */
import type { Answer, LogRecord, Probe, ProbeRequest, Server, User } from 'course-labs/kit';
import { apiPath } from 'course-labs/kit';

export const loginPath = apiPath('users', 'login');
export const lockerPath = apiPath('me', 'locker');
export const statsPath = (name: string) => apiPath('subjects', name, 'stats');

/** Its first eight characters look like no id and no number: should they stand in a log, they are no coincidence. */
const isTelling = (secret: string) => /[g-z]/.test(secret.slice(0, 8));

/** Up to seven different students, others for each check and each seed. */
export function students({ school, random }: Pick<Probe, 'school' | 'random'>, count: number) {
  const fit = school.students.filter(({ password, tokens, canaries }) =>
    [password, ...tokens, canaries.locker].every(isTelling),
  );
  return random.shuffle(fit).slice(0, count) as [User, User, User, User, User, User, User];
}

/** A request that signs somebody in. `more` stands beside name and password in the body. */
export const loginOf = (
  { username, password }: Pick<User, 'username' | 'password'>,
  more: Readonly<Record<string, unknown>> = {},
): ProbeRequest => ({ method: 'POST', path: loginPath, body: { username, password, ...more } });

/** The id that the answer says its request had. */
export const requestIdOf = ({ headers }: Answer): string => String(headers['x-request-id'] ?? '');

/** Records of one request. */
export const recordsOf = (server: Server, requestId: string): LogRecord[] =>
  server.logs().filter(({ reqId }) => reqId === requestId);

/** Everything that stands on stdout and stderr. */
export const linesOf = (server: Server): string[] => [
  ...server.logs().map(({ line }) => line),
  ...server.stderr(),
];

const logPatienceMs = 4_000;

/** Logs come a little after answers: waits until the log is as it should be, for a while. */
export const eventually = (probe: Probe, condition: () => boolean | Promise<boolean>) =>
  probe.poll(condition, probe.clock.nowMs() + logPatienceMs);

/** The request id of requests that are none of the check's: what they cause is not counted. */
const control = 'control-request';

/**
 * What a server has to write of earlier requests stands in its log once it has answered later ones: logs are written
 * synchronously. Only a detail that it asks the origin for may come after the answer.
 */
export async function settle(probe: Probe, server = probe.server): Promise<void> {
  const ask = () => server.get('/healthz', { headers: { 'x-request-id': control } });
  await ask();
  await eventually(probe, async () => {
    const calls = await probe.origin.calls({ route: 'explain' });
    return calls.every(({ answeredAtMs }) => answeredAtMs !== undefined);
  });
  await ask();
}

/** Calls of /explain/ until now that the check's own requests have caused. */
export async function explained({ origin }: Pick<Probe, 'origin'>): Promise<number> {
  const calls = await origin.calls({ route: 'explain' });
  return calls.filter(({ requestId }) => requestId !== control).length;
}
