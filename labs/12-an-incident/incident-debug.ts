import type { Entry } from './incident-entry.ts';
import type { Served } from './incident-play.ts';

/** What level debug adds about one request: much, and with the token of whoever sent it, by the user's id. */
export function debugLines(tokens: ReadonlyMap<number, string>, served: Served): Entry[] {
  const { request, reqId, endMs, cache, content, bytes, call } = served;
  const { path, userId, method, atMs } = request;
  const token = tokens.get(userId ?? 0);
  const headers = {
    host: 'api.school.example',
    'user-agent': userId === undefined ? 'Mozilla/5.0' : 'SchoolApp/4.2',
    accept: 'application/json',
    ...(token !== undefined && { authorization: `Token ${token}` }),
  };
  const at = (share: number) => Math.min(endMs - 1, Math.round(atMs + share * (endMs - atMs)));
  const line = (share: number, fields: Entry['fields'], msg: string): Entry => ({
    atMs: at(share),
    level: 20,
    fields: { reqId, ...fields },
    msg,
  });
  return [
    line(0, { method, path, headers }, 'request'),
    line(0.1, { route: path.replace(/\?.*/, ''), params: {}, query: queryOf(path) }, 'route found'),
    ...(token === undefined ? [] : [line(0.2, { token, userId }, 'token looked up')]),
    ...(cache === 'pass'
      ? []
      : [line(0.3, { key: keyOf(served), found: cache === 'hit' }, 'cache')]),
    ...(call ? [line(0.4, { sql: sqlOf(path), args: [argumentOf(served)] }, 'query')] : []),
    ...(call ? [line(0.9, { rows: 5, ms: call.workMs }, 'query done')] : []),
    ...hooks.map((hook, index) => line((index + 1) / 10, { hook, ms: 0 }, 'hook done')),
    line(
      1,
      { bytes, etag: content?.etag, headers: { 'content-type': 'application/json' } },
      'response',
    ),
  ].sort((one, two) => one.atMs - two.atMs);
}

/** The places in a request's way where a framework calls what was added to it. */
const hooks = ['onRequest', 'preParsing', 'preValidation', 'preHandler', 'onSend', 'onResponse'];

/** The key as the version with the response cache makes it. */
function keyOf({ request: { kind, path } }: Served): string {
  return kind === 'subject' ? `stats ${path}` : `GET ${path}`;
}

function queryOf(path: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(path.split('?')[1]));
}

function sqlOf(path: string): string {
  return path.includes('/me/grades/')
    ? 'SELECT subjects.name, grade, year, note FROM grades JOIN subjects ON subjects.id = subject_id WHERE student_id = ? ORDER BY grades.id DESC LIMIT 5'
    : 'SELECT count(*), avg(grade), min(grade), max(grade) FROM grades WHERE subject_id = ?';
}

function argumentOf({ request: { path, userId } }: Served): string | number | undefined {
  const subject = /\/subjects\/([^/]+)\/stats\//.exec(path)?.[1];
  return subject === undefined ? userId : decodeURIComponent(subject);
}
