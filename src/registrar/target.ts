import type { OriginRoute } from '../kit/index.ts';

/** What a method and a path mean to the registrar. */
export interface Target {
  route: OriginRoute;
  /** The part of the path that names whom or what, decoded; empty where there is none. */
  name: string;
}

interface Pattern {
  method: string;
  /** `:` stands for the name. */
  path: string;
  route: OriginRoute;
}

const patterns: readonly Pattern[] = [
  { method: 'GET', path: 'subjects', route: 'subjects' },
  { method: 'POST', path: 'subjects', route: 'subject-create' },
  { method: 'GET', path: 'subjects/:', route: 'subject' },
  { method: 'PUT', path: 'subjects/:', route: 'subject-update' },
  { method: 'GET', path: 'subjects/:/stats', route: 'subject-stats' },
  { method: 'GET', path: 'announcements', route: 'announcements' },
  { method: 'GET', path: 'seats/:', route: 'seats' },
  { method: 'GET', path: 'students/:', route: 'student' },
  { method: 'GET', path: 'students/:/grades', route: 'student-grades' },
  { method: 'POST', path: 'students/:/grades', route: 'grade-create' },
  { method: 'GET', path: 'students/:/locker', route: 'student-locker' },
  { method: 'GET', path: 'students/:/stats', route: 'student-stats' },
  { method: 'POST', path: 'tokens', route: 'token-create' },
  { method: 'GET', path: 'tokens/:', route: 'token' },
  { method: 'DELETE', path: 'tokens/:', route: 'token-delete' },
  { method: 'GET', path: 'pages/:', route: 'page' },
  { method: 'GET', path: 'explain', route: 'explain' },
];

const routes = new Map(patterns.map(({ method, path, route }) => [`${method} ${path}`, route]));

/** Routes that change data; the others only read. */
export const writingRoutes: ReadonlySet<OriginRoute> = new Set<OriginRoute>([
  'subject-create',
  'subject-update',
  'grade-create',
  'token-create',
  'token-delete',
]);

/** Routes of tokens, which are counted apart from data. */
export const tokenRoutes: ReadonlySet<OriginRoute> = new Set<OriginRoute>([
  'token-create',
  'token',
  'token-delete',
]);

/**
 * Reads a path as it came, without its query. The parts are split before they are decoded, and nothing is normalised: a
 * name may hold any character. HEAD is a GET here. A path without its last slash, or with a part that is no
 * percent-encoded UTF-8, is unknown.
 */
export function targetOf(method: string, path: string): Target {
  const unknown: Target = { route: 'unknown', name: '' };
  if (!path.startsWith('/') || !path.endsWith('/')) return unknown;
  const [first = '', second, ...rest] = path.slice(1, -1).split('/');
  if (second === '') return unknown;
  const shape = second === undefined ? [first] : [first, ':', ...rest];
  const route = routes.get(`${method === 'HEAD' ? 'GET' : method} ${shape.join('/')}`);
  if (route === undefined) return unknown;
  try {
    return { route, name: decodeURIComponent(second ?? '') };
  } catch {
    return unknown;
  }
}
