import type { Answer, ExperimentResult, LogRecord, OriginCall, Probe } from 'course-labs/kit';
import { plainSubjects } from 'course-labs/kit';
import { professorIn } from './experiments.ts';
import { detail, put } from './views.ts';

/** A reader and a writer of one subject, as the server's log has them. */
export interface Interleaving {
  /** When the reader came. */
  reader: ReaderKind;
  /** In order: `asks`, `keeps` (the reader), `has written`, `deletes` (the writer). */
  did: readonly string[];
  /** Whoever asks next is told the old value. */
  stale: boolean;
}

/** What the experiments leave for questions and texts. */
export interface Interleavings {
  interleavings: readonly Interleaving[];
}

const readers = ['during the write', 'before the write, and slow', 'after the write'] as const;

type ReaderKind = (typeof readers)[number];

/** What was seen of one interleaving. */
interface Seen extends Interleaving {
  professors: { old: string; new: string };
  read: Answer;
  written: Answer;
  next: Answer;
  calls: readonly OriginCall[];
}

const news = 'Prof. Newcomer';
const eventCount = 4;
/** Long enough for a request, so that it comes and goes while the write is under way. */
const slowWriteMs = 300;
const patienceMs = 2_000;

async function interleave(probe: Probe, name: string, reader: ReaderKind): Promise<Seen> {
  const { origin, server, clock } = probe;
  const { calls, request, originPath } = detail(name);
  const old = professorIn(await origin.ask(originPath), name);
  const ask = () => server.request(request);
  const write = () => server.request(put(probe, name, { professor: news }));
  const logged = server.logs().length;
  let read: Answer;
  let written: Answer;
  if (reader === 'during the write') {
    const update = { route: 'subject-update', key: name } as const;
    await origin.delay(update, slowWriteMs);
    const writing = write();
    const arrived = async () => (await origin.count(update)) > 0;
    await probe.poll(arrived, clock.nowMs() + patienceMs);
    read = await ask();
    written = await writing;
  } else if (reader === 'before the write, and slow') {
    const held = await origin.hold(calls);
    const reading = ask();
    await held.arrived();
    written = await write();
    await held.release();
    read = await reading;
  } else {
    written = await write();
    read = await ask();
  }
  const events = () => server.logs().slice(logged).flatMap(eventOf);
  // Logs come a little after answers.
  await probe.poll(() => events().length >= eventCount, clock.nowMs() + patienceMs);
  const did = events();
  const next = await ask();
  const stale = professorIn(next, name) !== news;
  const professors = { old, new: news };
  const all = await origin.calls({ key: name });
  await origin.clearRules();
  return { reader, did, stale, professors, read, written, next, calls: all };
}

function eventOf({ fields }: LogRecord): string[] {
  return typeof fields?.did === 'string' ? [fields.did] : [];
}

async function allReaders(probe: Probe): Promise<readonly Seen[]> {
  const names = plainSubjects(probe.school).map(({ name }) => name);
  // The first request of a process is slow: it would come too late to be quick.
  for (const name of names.splice(0, 3)) await probe.server.request(detail(name).request);
  const seen: Seen[] = [];
  for (const reader of readers) {
    for (const name of names.splice(0, 5)) {
      const one = await interleave(probe, name, reader);
      // On a busy machine a quick reader may have come too late: with another subject it may do better.
      if (one.did.length !== eventCount) continue;
      if (reader === readers[0] && one.did.at(-1) === 'keeps') continue;
      seen.push(one);
      break;
    }
  }
  if (seen.length < readers.length)
    throw new Error('the machine was too slow for the interleavings');
  return seen;
}

const dataOf = (all: readonly Seen[]): Interleavings => ({
  interleavings: all.map(({ reader, did, stale }) => ({ reader, did, stale })),
});

const inWords = ({ did }: Interleaving) => did.join(' · ');

/** Write, then delete: the slow reader, moment by moment, and the two others in a note each. */
export async function writeThenDelete(probe: Probe): Promise<ExperimentResult> {
  const all = await allReaders(probe);
  const slow = all.find(({ reader }) => reader === 'before the write, and slow') as Seen;
  const { professors, read, written, next, calls } = slow;
  const [call] = calls.filter(({ route }) => route === 'subject');
  const [update] = calls.filter(({ route }) => route === 'subject-update');
  const told = professorIn(next, nameOf(call));
  const moments = [
    { at: read.sentAtMs, who: 'reader', what: 'asks for the detail; the cache has nothing' },
    {
      at: call?.arrivedAtMs,
      who: 'origin',
      what: `finds ${professors.old}, and is slow to say so`,
    },
    { at: written.sentAtMs, who: 'writer', what: `PUT {"professor": "${professors.new}"}` },
    { at: update?.answeredAtMs, who: 'origin', what: `has ${professors.new} from now on` },
    { at: written.receivedAtMs, who: 'writer', what: 'is answered 200; the server has deleted' },
    { at: call?.answeredAtMs, who: 'origin', what: `tells the reader at last: ${professors.old}` },
    { at: read.receivedAtMs, who: 'reader', what: 'has the answer, and the server has kept it' },
    {
      at: next.receivedAtMs,
      who: 'anyone',
      what: `asks next, and is told ${told}, from the cache`,
    },
  ];
  const others = all.filter((one) => one !== slow);
  return {
    data: { ...dataOf(all) },
    exhibit: {
      kind: 'timeline',
      title: 'Write, then delete: a slow reader',
      moments: moments.map(({ at, who, what }) => ({ atMs: (at ?? 0) - read.sentAtMs, who, what })),
      notes: [
        `The server's log: ${inWords(slow)}`,
        ...others.map(
          (one) =>
            `A reader ${one.reader}: ${inWords(one)}. The next one is told ${professorOf(one)}.`,
        ),
      ],
    },
  };
}

/** Delete, then write: all three readers in a table. */
export async function deleteThenWrite(probe: Probe): Promise<ExperimentResult> {
  const all = await allReaders(probe);
  return {
    data: { ...dataOf(all) },
    exhibit: {
      kind: 'table',
      title: 'Delete, then write: three readers',
      columns: ['the reader comes', "the server's log", 'the next one is told'],
      rows: all.map((one) => [one.reader, inWords(one), professorOf(one)]),
    },
  };
}

const professorOf = ({ stale, professors }: Seen) =>
  stale ? `${professors.old}, the old one` : `${professors.new}, the new one`;

const nameOf = (call: OriginCall | undefined) => call?.key ?? '';
