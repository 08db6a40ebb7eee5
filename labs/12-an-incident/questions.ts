import type { ObjectiveId, SeedQuestion } from 'course-labs/kit';
import { poseFirstLeak, poseStampede, poseVictims } from './investigation.ts';
import { poseMessage } from './message.ts';
import { poseMitigations, poseTellers } from './operations.ts';

function question(id: string, title: string, points: number, objectives: ObjectiveId[]) {
  return { kind: 'question', basis: 'seed', id, title, points, objectives } as const;
}

export const questions: readonly SeedQuestion[] = [
  {
    ...question('Q1', 'The first leaked answer', 7, ['E8', 'T6']),
    hints: [
      'Only the access logs tell what was sent to whom. Take the answers under /api/v1/me/ and ask of each whose data it held.',
      'The etag is the fingerprint of a body. An answer with cache "miss" was made for the user in its own line: so that user owns the etag. Where another user gets the same etag, there is the leak. A hit alone is none.',
      'Read both access logs, sort by time, keep what begins with /api/v1/me/ and has an etag. First a table from etag to userId, of all lines whose cache is not "hit". Then the first line whose userId is not the one in the table: its reqId.',
    ],
    pose: poseFirstLeak,
  },
  {
    ...question('Q2', 'Whose data were shown', 7, ['E8']),
    hints: [
      'Three numbers are easily mixed up: leaked answers, users who got them, and users whose data stood in them.',
      'With the table from etag to owner of Q1, look at all leaked answers, of both instances, until the end. Count owners, each once: one owner may have several etags.',
      'The number of different values that your table gives for the etags of the leaked answers.',
    ],
    pose: poseVictims,
  },
  {
    ...question('Q3', 'The stampede', 6, ['E8', 'E10']),
    hints: [
      'counters.jsonl has the calls to the origin, every five seconds. Add the two instances.',
      'When the calls jump, look at the misses and at the entries in the same lines. What takes away all entries at once? deploys.jsonl tells who did what, to the millisecond.',
      'The entries fall to almost nothing in the line after the trigger. Many more users alone would have made more hits; they came some twenty seconds before.',
    ],
    pose: poseStampede,
  },
  {
    ...question('Q4', 'The cache, or the log?', 6, ['T9']),
    hints: [
      'A cache counts: how often, how many, how full. A log remembers: who, what, when, why.',
      'For each: would a number be enough, or must one single request or person be found?',
      'Throwing the cache away costs time only, and everything in it can be made again. Of the log nothing can be made again.',
    ],
    pose: poseTellers,
  },
  {
    ...question('Q5', 'What to do first', 6, ['E10']),
    hints: [
      'What goes on doing harm as long as nobody acts? That comes first; what prevents the next incident comes last.',
      'The flush came before the rollback, and the leak went on. What does that say about the order of those two?',
      'Stop it, take away what is left of it, find out who was affected, tell them, and only then bring a repaired version.',
    ],
    pose: poseMitigations,
  },
  {
    ...question('Q6', 'The status message', 8, ['E8', 'T10']),
    hints: [
      'Four things: what was shown to whom, of how many users, since when, and what has been done about it. Two or three sentences will do.',
      'The number is the one of Q2, the time is the minute of the answer of Q1, as the logs write it. What has been done stands at the end of deploys.jsonl.',
      'For instance: "Since hh:mm UTC grades of N students were shown to other students. At hh:mm we went back to version x." No tokens, names or numbers of students.',
    ],
    pose: poseMessage,
  },
];
