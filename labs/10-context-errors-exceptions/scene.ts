/*
 * Three users at once, and one of them is out of luck: the scene of this lab, on whichever server.
 */
import type { Answer, LogRecord, Probe, User } from 'course-labs/kit';
import { gradesOf, logged, loginOf, newGrade } from './asking.ts';

/** What came of it. */
export interface Scene {
  users: readonly User[];
  /** Whose grades the origin did not give. */
  unlucky: User;
  /** What the unlucky one got. */
  answer: Answer;
  /** What the server logged. */
  records: readonly LogRecord[];
}

/** All three sign in, read their grades at the same moment, and those who got them look at them once more. */
export async function playScene(probe: Probe): Promise<Scene> {
  const { school, server, origin, random, clock } = probe;
  const users = [school.alice, school.bob, random.pick(school.students.slice(20, 100))];
  const unlucky = random.pick(users);
  await Promise.all(users.map((user) => server.request(loginOf(user, user.password))));

  const about = { route: 'student-grades' } as const;
  await origin.fail({ ...about, key: `${unlucky.id}`, status: 503 });
  const held = await origin.hold(about);
  const three = async () => (await origin.count(about)) >= users.length;
  const letGo = probe.poll(three, clock.nowMs() + 2_000).finally(() => held.release());
  const asked = users.map(async (user) => ({ user, answer: await server.request(gradesOf(user)) }));
  const [answers] = await Promise.all([Promise.all(asked), letGo]);

  for (const { user, answer } of answers) {
    if (answer.status === 200) await server.request(gradesOf(user));
  }
  const records = await writtenUntilNow(probe, 0);
  const answer = answers.find(({ user }) => user === unlucky)?.answer as Answer;
  return { users, unlucky, answer, records };
}

const markPrefix = 'the-mark-';
const markEvents = ['grade.created', 'a grade was posted'];
const isMark = ({ event, msg }: LogRecord) => markEvents.includes(event ?? msg);

/**
 * The records from this index on that were written until now. A grade that is posted at the end, and is left out, tells
 * that they are all there.
 */
export async function writtenUntilNow(probe: Probe, from: number): Promise<LogRecord[]> {
  const { server } = probe;
  const before = server.logs().filter(isMark).length;
  await postMark(probe);
  await logged(probe, () => server.logs().filter(isMark).length > before);
  const records = server.logs().slice(from);
  const until = records.findLastIndex(isMark);
  return records
    .slice(0, until < 0 ? undefined : until)
    .filter(({ reqId }) => reqId?.startsWith(markPrefix) !== true);
}

async function postMark({ server, school, random }: Probe): Promise<void> {
  const [teacher] = school.staff as [User];
  const grade = { subject: school.subjects[0]?.name, grade: 80 };
  const request = newGrade(teacher, school.students.at(-1) as User, grade);
  const id = `${markPrefix}${random.text(12)}`;
  await server.request({ ...request, headers: { 'x-request-id': id } });
}
