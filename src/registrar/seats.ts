import type { Database } from './database.ts';
import { found, type Reply } from './reply.ts';
import { findSubject, noSubject } from './subjects.ts';

interface Seats {
  subject: string;
  seats: number;
  taken: number;
  free: number;
}

/** Seats of a subject at this moment. */
export function readSeats(database: Database, name: string): Reply {
  const subject = findSubject(database, name);
  if (subject === undefined) return noSubject(name);
  return found(
    database.first<Seats>(
      `SELECT name AS subject, seats, seats_taken AS taken, seats - seats_taken AS free
       FROM subjects WHERE id = ?`,
      subject.id,
    ),
  );
}

/**
 * Somebody books a seat, and when all are taken, all are given back: so that no two calls one after the other are told
 * the same, and a cached number is seen to be wrong.
 */
export function bookSeat(database: Database, name: string): void {
  database.all(
    `UPDATE subjects SET seats_taken = (seats_taken + 1) % (seats + 1) WHERE lower_name = ?`,
    name.toLowerCase(),
  );
}
