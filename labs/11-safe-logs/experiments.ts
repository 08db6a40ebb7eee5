/*
 * What this lab shows happening: secrets on their way into a log, at info and at debug, and records that no server made.
 */
import type { Cell, ExperimentResult, FoundPiece, Passage, Probe } from 'course-labs/kit';
import { findPieces } from 'course-labs/kit';
import { play, type Secret } from './cast.ts';
import { inWords, passageOf } from './excerpt.ts';
import { forge, plainForgery } from './forgery.ts';
import { eventually, linesOf, requestIdOf, settle } from './observing.ts';

/** What the visitors leave for texts and questions. */
export interface SecretsData {
  secrets: readonly { name: string; found: boolean }[];
  /** Lines of log, and how many of them hold a secret. */
  lines: number;
  telling: number;
}

/** What the forged logins leave. */
export interface ForgedData {
  /** Requests that tried to sign in, and those of them that were let in. */
  attempts: number;
  letIn: number;
  /** Records of event login, and those of them that tell of a success. */
  told: number;
  toldSuccesses: number;
}

/** What was found of each secret, by its name: the first line that holds it. */
type Findings = ReadonlyMap<string, { line: string; piece: FoundPiece }>;

interface Seen {
  secrets: readonly Secret[];
  lines: readonly string[];
  findings: Findings;
  data: SecretsData;
}

/** Lets the seven visitors come, and looks for what they had to hide. */
async function visit(probe: Probe, server = probe.server): Promise<Seen> {
  const before = linesOf(server).length;
  const secrets = await play(probe, server);
  await settle(probe, server);
  const lines = linesOf(server).slice(before);
  const marks = Object.fromEntries(secrets.map(({ name, secret }) => [name, [secret]]));
  const findings = new Map<string, { line: string; piece: FoundPiece }>();
  let telling = 0;
  for (const line of lines) {
    const pieces = findPieces(line, marks);
    if (pieces.length > 0) telling += 1;
    for (const piece of pieces) {
      if (!findings.has(piece.owner)) findings.set(piece.owner, { line, piece });
    }
  }
  const found = secrets.map(({ name }) => ({ name, found: findings.has(name) }));
  return { secrets, lines, findings, data: { secrets: found, lines: lines.length, telling } };
}

function passagesOf({ secrets, findings }: Seen): Passage[] {
  return secrets.flatMap(({ name, how }) => {
    const found = findings.get(name);
    if (found === undefined) return [];
    const { line, piece } = found;
    return [{ heading: name, parts: passageOf(line, piece), remark: how }];
  });
}

/** Seven students and their secrets, on a server that logs at info. */
export async function atInfo(probe: Probe): Promise<ExperimentResult> {
  const seen = await visit(probe);
  const { lines, telling } = seen.data;
  const notes = [`Lines of log: ${lines}. Lines with a secret in them: ${telling}.`];
  const title = 'Seven students were here. What stands in the log, at info:';
  return {
    data: { ...seen.data },
    exhibit: { kind: 'excerpt', title, passages: passagesOf(seen), notes },
  };
}

/** The same at debug; shown is what info did not tell. */
export async function atDebug(probe: Probe): Promise<ExperimentResult> {
  const quiet = await probe.launch({ logLevel: 'info' });
  const known = await visit(probe, quiet);
  const seen = await visit(probe);
  // Others have come this time, but in the same order, with the same things to hide.
  const isNew = (index: number) => !known.data.secrets[index]?.found;
  const more = seen.secrets.filter((_, index) => isNew(index));
  const { lines, telling } = seen.data;
  const title = 'Seven others, at debug. What info did not tell:';
  return {
    data: { ...seen.data },
    exhibit: {
      kind: 'excerpt',
      title,
      passages: passagesOf({ ...seen, secrets: more }),
      notes: [`Lines of log: ${lines}. Lines with a secret in them: ${telling}.`],
    },
  };
}

async function playForgery(probe: Probe) {
  const { answers, records, ...forgery } = await forge(probe, plainForgery);
  const logins = () => records().filter(({ event }) => event === 'login');
  await eventually(probe, () => logins().length >= answers.length);
  await settle(probe);
  const told = logins();
  const data: ForgedData = {
    attempts: answers.length,
    letIn: answers.filter(({ status }) => status === 200).length,
    told: told.length,
    toldSuccesses: told.filter(({ fields }) => fields?.outcome === 'success').length,
  };
  return { data, told, forgery, last: answers.map(requestIdOf).at(-1) };
}

/** Three logins, of which two bring records and fields of their own. */
export async function forged(probe: Probe): Promise<ExperimentResult> {
  const { data, told, forgery, last } = await playForgery(probe);
  const passages = told.map((record, index): Passage => {
    const heading = `Record ${index + 1} of event login`;
    if (forgery.lines.includes(record.line)) {
      const remark = 'no server wrote this line: it stood in a user name, behind a newline';
      return { heading, parts: [{ marked: record.line }], remark };
    }
    const parts = record.reqId === last ? withFields(record.line, forgery.fields) : [];
    return parts.length > 1
      ? { heading, parts, remark: 'the client sent these fields' }
      : { heading, parts: [shortened(record.line)] };
  });
  const title = `${data.attempts} students tried to sign in, and ${data.letIn} was let in. The records:`;
  return { data: { ...data }, exhibit: { kind: 'excerpt', title, passages } };
}

const longest = 240;
const shortened = (line: string) => (line.length > longest ? `${line.slice(0, longest)}…` : line);

/** The line with each of these fields marked where it stands last. */
function withFields(line: string, fields: Readonly<Record<string, unknown>>): Passage['parts'] {
  const places = Object.entries(fields)
    .map(([name, value]) => JSON.stringify({ [name]: value }).slice(1, -1))
    .map((text) => ({ text, at: line.lastIndexOf(text) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at);
  const parts: (string | { marked: string })[] = [];
  let done = 0;
  for (const { text, at } of places) {
    parts.push(line.slice(done, at), { marked: text });
    done = at + text.length;
  }
  return [...parts, line.slice(done)];
}

/** Visitors and forgers once more, for the learner's own server. */
export async function again(probe: Probe): Promise<ExperimentResult> {
  const seen = await visit(probe);
  const { data } = await playForgery(probe);
  const rows = seen.secrets.map(({ name }): Cell[] => {
    const piece = seen.findings.get(name)?.piece;
    return [name, piece ? `${piece.piece}, ${inWords[piece.as]}` : 'nothing'];
  });
  const notes = [
    `Logins: ${data.attempts}, of which ${data.letIn} succeeded. The log tells of ${data.told}, of which ${data.toldSuccesses} succeeded.`,
  ];
  return {
    data: { ...seen.data, ...data },
    exhibit: {
      kind: 'table',
      title: 'The same visitors at debug, and the same forgers',
      columns: ['of what they had to hide', 'the log holds'],
      rows,
      notes,
    },
  };
}
