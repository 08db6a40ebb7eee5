import { describe, expect, it } from 'vitest';
import { targetOf } from './target.ts';

describe('targetOf', () => {
  it.each([
    ['GET', '/subjects/', 'subjects', ''],
    ['POST', '/subjects/', 'subject-create', ''],
    ['GET', '/subjects/C%23/', 'subject', 'C#'],
    ['HEAD', '/subjects/C%23/', 'subject', 'C#'],
    ['PUT', '/subjects/R%26D/', 'subject-update', 'R&D'],
    ['GET', '/subjects/a+b/stats/', 'subject-stats', 'a+b'],
    ['GET', '/subjects/stats/', 'subject', 'stats'],
    ['GET', '/subjects/stats/stats/', 'subject-stats', 'stats'],
    ['GET', '/subjects/%3A/', 'subject', ':'],
    ['GET', '/subjects/a%2Fb/', 'subject', 'a/b'],
    ['GET', '/subjects/F%C3%ADsica/', 'subject', 'Física'],
    ['GET', '/announcements/', 'announcements', ''],
    ['GET', '/seats/Python/', 'seats', 'Python'],
    ['GET', '/students/11/', 'student', '11'],
    ['GET', '/students/11/grades/', 'student-grades', '11'],
    ['POST', '/students/11/grades/', 'grade-create', '11'],
    ['GET', '/students/11/locker/', 'student-locker', '11'],
    ['GET', '/students/11/stats/', 'student-stats', '11'],
    ['POST', '/tokens/', 'token-create', ''],
    ['GET', '/tokens/abc/', 'token', 'abc'],
    ['DELETE', '/tokens/abc/', 'token-delete', 'abc'],
    ['GET', '/pages/p1/', 'page', 'p1'],
    ['GET', '/explain/', 'explain', ''],
  ])('%s %s is %s of "%s"', (method, path, route, name) => {
    expect(targetOf(method, path)).toEqual({ route, name });
  });

  it.each([
    ['GET', '/subjects'],
    ['GET', 'subjects/'],
    ['GET', '/'],
    ['GET', '//'],
    ['GET', '/subjects//'],
    ['GET', '/subjects//stats/'],
    ['GET', '/subjects/Python/stats/more/'],
    ['GET', '/subjects/Python/other/'],
    ['GET', '/subjects/%E0%A4%A/'],
    ['GET', '/subjects/%ff/'],
    ['GET', '/announcements/1/'],
    ['GET', '/tokens/'],
    ['DELETE', '/subjects/Python/'],
    ['GET', '/subjects/:'],
    ['GET', '/reset/'],
  ])('%s %s is unknown', (method, path) => {
    expect(targetOf(method, path)).toEqual({ route: 'unknown', name: '' });
  });
});
