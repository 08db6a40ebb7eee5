import people from '../../fixtures/school/people.json' with { type: 'json' };
import names from '../../fixtures/school/subjects.json' with { type: 'json' };
import type { Random, School, Subject, User } from '../kit/index.ts';
import { createRandom } from '../kit/index.ts';
import { createMarks, type Marks } from './marks.ts';

const studentCount = 2000;
const subjectCount = 40;
const aliceId = 1;
const bobId = 11;
/** Staff stand far above the students: no student has the number of one, whatever is posted. */
const firstStaffId = 5001;
const staffNames = ['ms.lindqvist', 'mr.okoro', 'ms.ferrari', 'mr.ashworth', 'ms.yamada'];

/**
 * The school of a seed, the same wherever it is made: the registrar fills its database from it, checks and questions
 * read it. Pure, and cheap enough for every command: the grades are not in it.
 */
export function createSchool(seed: number): School {
  const random = createRandom(seed, 'school');
  const marks = createMarks(random.fork('marks'));
  const students = createStudents(random.fork('students'), marks);
  const staff = staffNames.map((name, index) => user(firstStaffId + index, name, 'staff', marks));
  const { subjects, awkwardSubjects } = createSubjects(random.fork('subjects'));
  const byId = (id: number) => students[id - 1] as User;
  return {
    seed,
    subjects,
    awkwardSubjects,
    students,
    staff,
    alice: byId(aliceId),
    bob: byId(bobId),
  };
}

/** All awkward names are in every school; of the plain ones the seed leaves some out. */
function createSubjects(random: Random): Pick<School, 'subjects' | 'awkwardSubjects'> {
  const drawn = random.shuffle(names.plain);
  const wanted = subjectCount - names.always.length - names.awkward.length;
  const plain = random.shuffle([...names.always, ...drawn.slice(0, wanted)]);
  const [first = '', last = '', ...others] = plain;
  const order = [first, ...random.shuffle([...others, ...names.awkward]), last];
  const subjects = order.map((name): Subject => ({ name }));
  const awkward = new Set(names.awkward);
  return { subjects, awkwardSubjects: subjects.filter(({ name }) => awkward.has(name)) };
}

function createStudents(random: Random, marks: Marks): User[] {
  const usernames = people.first.flatMap((first) => people.last.map((last) => `${first}.${last}`));
  return random
    .shuffle(usernames)
    .slice(0, studentCount)
    .map((name, index) => {
      const id = index + 1;
      const username = id === aliceId ? 'alice' : id === bobId ? 'bob' : name;
      return user(id, username, 'student', marks);
    });
}

function user(id: number, username: string, role: User['role'], marks: Marks): User {
  return {
    id,
    username,
    password: marks.secret(12),
    role,
    tokens: [marks.secret(40), marks.secret(40)],
    canaries: { grades: marks.canary(), locker: marks.canary(), stats: marks.canary() },
  };
}
